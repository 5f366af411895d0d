package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A destination is whole in itself, within its namespace's scopes, and at addresses that its gateways may reach. */
final class DestinationChecks {
    private final Checked checked;
    private final Report report;

    DestinationChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        for (Resource<Destination> destination : checked.destinations()) {
            if (checked.isTouched(destination)) {
                repeats(destination);
                resolvable(destination);
                delegates(destination);
            }
            if (checked.isTouched(destination) || checked.isNamespaceTouched(destination.namespace())) {
                withinScopes(destination);
            }
            checked.gatewaysAdmitting(destination.namespace()).forEach(gateway -> addresses(destination, gateway));
        }
    }

    private void repeats(Resource<Destination> destination) {
        Set<Object> seen = new HashSet<>();
        List<DestinationPort> ports = destination.spec().ports();
        for (int index = 0; index < ports.size(); index++) {
            if (!seen.add(ports.get(index).number())) {
                report.error(
                        destination,
                        "/spec/ports/%d/number".formatted(index),
                        "Duplicate",
                        "port %s is listed twice: list it once"
                                .formatted(ports.get(index).number()));
            }
        }
        List<HostPattern> hosts = destination.spec().hosts();
        for (int index = 0; index < hosts.size(); index++) {
            if (!seen.add(hosts.get(index))) {
                report.error(
                        destination,
                        "/spec/hosts/" + index,
                        "Duplicate",
                        "host %s is listed twice: list it once".formatted(hosts.get(index)));
            }
        }
    }

    private void resolvable(Resource<Destination> destination) {
        Destination spec = destination.spec();
        if (spec.resolution() == Resolution.STATIC && spec.endpoints().isEmpty()) {
            report.error(
                    destination,
                    "/spec/endpoints",
                    "EndpointsMissing",
                    "resolution Static needs at least one endpoint: list them, or use resolution DNS");
        }
        boolean resolvesHosts =
                spec.resolution() == Resolution.DNS && spec.endpoints().isEmpty();
        for (int index = 0; index < spec.hosts().size(); index++) {
            if (resolvesHosts && spec.hosts().get(index).isWildcard()) {
                report.error(
                        destination,
                        "/spec/hosts/" + index,
                        "EndpointsMissing",
                        "the wildcard %s cannot be asked of a resolver: list endpoints, or exact hosts"
                                .formatted(spec.hosts().get(index)));
            }
        }
        for (int index = 0; index < spec.endpoints().size(); index++) {
            Endpoint endpoint = spec.endpoints().get(index);
            if (spec.resolution() == Resolution.STATIC && !IpAddress.isValid(endpoint.address())) {
                report.error(
                        destination,
                        "/spec/endpoints/%d/address".formatted(index),
                        "NotAnAddress",
                        "'%s' is not an IP address, as resolution Static needs: write an address, or use resolution DNS"
                                .formatted(endpoint.address()));
            }
        }
    }

    private void delegates(Resource<Destination> destination) {
        List<Destination.Delegate> delegates = destination.spec().delegates();
        for (int index = 0; index < delegates.size(); index++) {
            HostPattern host = delegates.get(index).host();
            if (destination.spec().hosts().stream().noneMatch(own -> own.isWildcard() && own.covers(host))) {
                report.warning(
                        destination,
                        "/spec/delegates/%d/host".formatted(index),
                        "DelegatesNothing",
                        "%s is under no wildcard of this destination, so nothing is delegated".formatted(host));
            }
        }
    }

    private void withinScopes(Resource<Destination> destination) {
        List<HostPattern> hosts = destination.spec().hosts();
        for (int index = 0; index < hosts.size(); index++) {
            if (!Scoping.of(checked.state(), destination.namespace()).include(hosts.get(index))) {
                report.add(
                        checked.refusedOrCut(destination),
                        destination,
                        "/spec/hosts/" + index,
                        "OutsideScopes",
                        "host %s of %s is outside the scopes of namespace %s: leave it out, or have the scopes widened"
                                .formatted(hosts.get(index), destination.key(), destination.namespace()));
            }
        }
    }

    private void addresses(Resource<Destination> destination, Resource<EgressGateway> gateway) {
        List<Endpoint> endpoints = destination.spec().endpoints();
        for (int index = 0; index < endpoints.size(); index++) {
            String address = endpoints.get(index).address();
            if (IpAddress.isValid(address) && !gateway.spec().addressPolicy().allows(new IpAddress(address))) {
                report.error(
                        destination,
                        "/spec/endpoints/%d/address".formatted(index),
                        "AddressDenied",
                        "the addressPolicy of gateway %s, which knows %s, denies %s: permit it there, or use another address"
                                .formatted(gateway.name(), destination.key(), address));
            }
        }
    }
}
