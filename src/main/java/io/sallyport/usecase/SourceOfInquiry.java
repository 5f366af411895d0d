package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Violation;
import io.sallyport.domain.Workload;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.WorkloadIdentity;
import io.sallyport.domain.workload.WorkloadIdentity.ByAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import io.sallyport.domain.workload.WorkloadIdentity.BySpiffeId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a peer of what an inquiry says of its source. */
record SourceOfInquiry(DesiredState state, Inquiry.Source source, List<Violation> violations) {

    /** Nothing where it cannot be told, which is among the violations then. */
    Optional<Peer> peer() {
        List<WorkloadIdentity> declared = source.workload().stream()
                .flatMap(name -> workload(name).stream())
                .flatMap(workload -> workload.spec().identities().stream())
                .toList();
        Optional<IpAddress> address =
                Stream.concat(source.address().stream(), addresses(declared)).findFirst();
        if (address.isEmpty()) {
            violations.add(new Violation(
                    "/source/address",
                    "MissingField",
                    "The workload declares no address; say which one it connects from."));
        }
        return address.map(known -> new Peer(known, names(declared), tokens(declared)));
    }

    private Optional<Resource<Workload>> workload(ResourceName name) {
        Optional<Resource<Workload>> found = state.workloads().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst();
        if (found.isEmpty()) {
            violations.add(new Violation("/source/workload", "NotFound", "There is no Workload %s.".formatted(name)));
        }
        return found;
    }

    private static Stream<IpAddress> addresses(List<WorkloadIdentity> declared) {
        return of(declared, ByAddress.class).map(address -> address.range().first());
    }

    private List<String> names(List<WorkloadIdentity> declared) {
        return source.uriSans().isEmpty()
                ? of(declared, BySpiffeId.class)
                        .map(name -> name.id().value())
                        .limit(1)
                        .toList()
                : source.uriSans();
    }

    private List<ByJwt> tokens(List<WorkloadIdentity> declared) {
        return Stream.concat(source.token().stream(), of(declared, ByJwt.class))
                .limit(1)
                .toList();
    }

    private static <T> Stream<T> of(List<WorkloadIdentity> declared, Class<T> form) {
        return declared.stream().filter(form::isInstance).map(form::cast);
    }
}
