package io.sallyport.compiler.guardrail;

import io.sallyport.compiler.SourceClasses;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.guardrail.FlowPattern;
import io.sallyport.domain.guardrail.FlowTarget;
import io.sallyport.domain.guardrail.Transport;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which flows a pattern means in a state.
 *
 * @param classes of those whose flows are meant; everybody's where empty
 */
record Meaning(FlowPattern pattern, List<SourceClass> classes, List<Leading> to) {

    /**
     * A target with the destinations that it means.
     *
     * @param isOfAnybody whether it does not ask whose the host is
     */
    record Leading(FlowTarget target, boolean isOfAnybody, Set<ResourceName> destinations) {
        boolean mayMean(Place place, HostPattern host) {
            return mayMean(place.entry().destination(), host, place.port().number());
        }

        boolean mayMean(ResourceName destination, HostPattern host, PortNumber port) {
            return isOf(destination, port)
                    && (hosts().isEmpty() || hosts().stream().anyMatch(one -> one.covers(host) || host.covers(one)));
        }

        boolean means(ResourceName destination, HostPattern host, PortNumber port) {
            return isOf(destination, port)
                    && (hosts().isEmpty() || hosts().stream().anyMatch(one -> one.covers(host)));
        }

        private List<HostPattern> hosts() {
            return target.hosts();
        }

        private boolean isOf(ResourceName destination, PortNumber port) {
            return (isOfAnybody || destinations.contains(destination))
                    && (target.ports().isEmpty() || target.ports().contains(port));
        }
    }

    static Meaning of(FlowPattern pattern, DesiredState state, SourceClasses sources) {
        return new Meaning(
                pattern,
                pattern.from().stream().map(sources::of).toList(),
                pattern.to().stream().map(target -> leading(target, state)).toList());
    }

    private static Leading leading(FlowTarget target, DesiredState state) {
        Set<ResourceName> destinations = Stream.concat(
                        target.destination().stream(),
                        target.selector().stream()
                                .flatMap(selector -> state.destinations().stream()
                                        .filter(one ->
                                                selector.matches(one.metadata().labels()))
                                        .map(Resource::name)))
                .collect(Collectors.toUnmodifiableSet());
        return new Leading(
                target, target.destination().isEmpty() && target.selector().isEmpty(), destinations);
    }

    Stream<HostPattern> hosts() {
        return pattern.to().stream().flatMap(target -> target.hosts().stream());
    }

    /** Whether a flow to there may be meant; of the destination where none of its hosts is named. */
    boolean mayMean(Place place, Supplier<List<HostPattern>> hostsOfDestination) {
        return to.isEmpty()
                || to.stream()
                        .anyMatch(leading ->
                                hosts(place, hostsOfDestination).anyMatch(host -> leading.mayMean(place, host)));
    }

    private static Stream<HostPattern> hosts(Place place, Supplier<List<HostPattern>> hostsOfDestination) {
        return place.asksForNoHost()
                ? hostsOfDestination.get().stream()
                : Stream.of(place.entry().host());
    }

    /** Whether anybody may be in that class whose flows are meant. */
    boolean mayMean(SourceClass one) {
        return classes.isEmpty() || classes.stream().anyMatch(one::mayMeet);
    }

    /** Whether flows are meant of somebody who is in these classes. */
    boolean areOfOne(Stream<SourceClass> in) {
        return classes.isEmpty() || in.anyMatch(classes::contains);
    }

    /** Whether it is meant, however it goes on; what is not known to be otherwise is. */
    boolean mayMean(Flow flow, Verdict verdict) {
        return isFrom(verdict)
                && (to.isEmpty()
                        || to.stream().anyMatch(one -> one.mayMean(flow.destination(), flow.host(), flow.port())))
                && (pattern.methods().isEmpty() || pattern.methods().stream().anyMatch(flow::mayCarry));
    }

    /** Whether all that it may carry is meant. */
    boolean means(Flow flow, Verdict verdict) {
        return isFrom(verdict)
                && (to.isEmpty()
                        || to.stream().anyMatch(one -> one.means(flow.destination(), flow.host(), flow.port())))
                && (pattern.methods().isEmpty() || flow.carriesOneOf(pattern.methods()))
                && goesOn(verdict);
    }

    private boolean isFrom(Verdict verdict) {
        return classes.isEmpty()
                || classes.stream().anyMatch(one -> verdict.source().classes().contains(one.id()));
    }

    /** Whether it goes on in a way that is meant. */
    boolean goesOn(Verdict verdict) {
        return pattern.tls().isEmpty() || pattern.tls().contains(transport(verdict));
    }

    private static Transport transport(Verdict verdict) {
        return verdict.place().stream()
                .flatMap(place -> place.onward().stream())
                .map(Verdict.Onward::tls)
                .map(Meaning::transport)
                .findFirst()
                .orElse(Transport.CLEARTEXT);
    }

    private static Transport transport(Verdict.Tls tls) {
        return switch (tls) {
            case Verdict.Tls.None none -> Transport.CLEARTEXT;
            case Verdict.Tls.Originated originated ->
                originated.isVerified() ? Transport.VERIFIED : Transport.UNVERIFIED;
            case Verdict.Tls.PassedThrough passed -> Transport.PASSTHROUGH;
        };
    }
}
