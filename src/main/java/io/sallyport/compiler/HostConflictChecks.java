package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Within one gateway a host, or a range, has one owner, and nobody takes one under a foreign wildcard without its leave. */
final class HostConflictChecks {
    private final Checked checked;
    private final Report report;
    private final Map<HostPattern, List<Resource<Destination>>> claims = new HashMap<>();
    private final Set<ResourceName> affected = new HashSet<>();

    HostConflictChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        List<Resource<Destination>> destinations = checked.destinations();
        if (destinations.isEmpty()) {
            return;
        }
        checked.state().destinations().forEach(this::index);
        destinations.forEach(destination -> affected.add(destination.name()));
        for (Resource<Destination> destination : destinations) {
            eachHost(destination, (pointer, host) -> check(destination, pointer, host));
        }
    }

    private void index(Resource<Destination> destination) {
        Set<HostPattern> seen = new HashSet<>();
        eachHost(destination, (pointer, host) -> {
            if (seen.add(host)) {
                claims.computeIfAbsent(host, ignored -> new ArrayList<>()).add(destination);
            }
        });
    }

    private void check(Resource<Destination> destination, String pointer, HostPattern host) {
        sameHost(destination, pointer, host);
        above(destination, pointer, host);
        if (host.isWildcard() && checked.isTouched(destination)) {
            below(destination, pointer, host);
        }
    }

    private void sameHost(Resource<Destination> destination, String pointer, HostPattern host) {
        for (Resource<Destination> other : claims.getOrDefault(host, List.of())) {
            if (!other.name().equals(destination.name())) {
                sharedGateway(destination, other)
                        .ifPresent(gateway -> report.error(
                                destination,
                                pointer,
                                "HostConflict",
                                "%s belongs to destination %s already, which gateway %s knows too: use that destination, or take the host from it"
                                        .formatted(named(host), other.name(), gateway.name())));
            }
        }
    }

    private void above(Resource<Destination> destination, String pointer, HostPattern host) {
        for (HostPattern wider : host.wider()) {
            for (Resource<Destination> wildcard : claims.getOrDefault(wider, List.of())) {
                if (needsLeave(destination, host, wildcard)) {
                    sharedGateway(destination, wildcard)
                            .ifPresent(gateway -> report.error(
                                    destination,
                                    pointer,
                                    "HostConflict",
                                    "%s is under %s of destination %s of another namespace, which gateway %s knows too: have it delegate the host to namespace %s"
                                            .formatted(
                                                    named(host),
                                                    wider,
                                                    wildcard.name(),
                                                    gateway.name(),
                                                    destination.namespace())));
                }
            }
        }
    }

    private void below(Resource<Destination> wildcard, String pointer, HostPattern pattern) {
        for (Resource<Destination> other : checked.state().destinations()) {
            if (!affected.contains(other.name())) {
                eachHost(other, (ignored, host) -> below(wildcard, pointer, pattern, other, host));
            }
        }
    }

    private void below(
            Resource<Destination> wildcard,
            String pointer,
            HostPattern pattern,
            Resource<Destination> other,
            HostPattern host) {
        boolean isBelow = pattern.covers(host) && !pattern.equals(host);
        if (isBelow && needsLeave(other, host, wildcard)) {
            sharedGateway(wildcard, other)
                    .ifPresent(gateway -> report.error(
                            wildcard,
                            pointer,
                            "HostConflict",
                            "%s covers %s of destination %s of another namespace, which gateway %s knows too: delegate the host to namespace %s"
                                    .formatted(pattern, named(host), other.name(), gateway.name(), other.namespace())));
        }
    }

    private static boolean needsLeave(
            Resource<Destination> destination, HostPattern host, Resource<Destination> wildcard) {
        return !wildcard.namespace().equals(destination.namespace())
                && wildcard.spec().delegates().stream()
                        .noneMatch(delegate -> delegate.namespace().equals(destination.namespace())
                                && delegate.host().covers(host));
    }

    private Optional<Resource<EgressGateway>> sharedGateway(Resource<Destination> one, Resource<Destination> other) {
        return checked.state().gateways().stream()
                .filter(gateway -> {
                    Admission admission = new Admission(checked.state(), gateway);
                    return admission.admits(one.namespace()) && admission.admits(other.namespace());
                })
                .findFirst();
    }

    private static String named(HostPattern host) {
        return (host.isRange() ? "range " : "host ") + host;
    }

    private static void eachHost(Resource<Destination> destination, BiConsumer<String, HostPattern> action) {
        List<HostPattern> hosts = destination.spec().hosts();
        for (int index = 0; index < hosts.size(); index++) {
            action.accept("/spec/hosts/" + index, hosts.get(index));
        }
        for (int index = 0; index < destination.spec().addresses().size(); index++) {
            action.accept(
                    "/spec/addresses/" + index,
                    HostPattern.ofRange(destination.spec().addresses().get(index)));
        }
    }
}
