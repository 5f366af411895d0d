package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Violation;
import io.sallyport.domain.Workload;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.workload.WorkloadIdentity;
import io.sallyport.domain.workload.WorkloadIdentity.ByAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import io.sallyport.domain.workload.WorkloadIdentity.BySpiffeId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a peer of what an inquiry says of its source. */
record SourceOfInquiry(Inquiry.Source source, List<WorkloadIdentity> declared, IpAddress address) {

    /** Nothing where it cannot be told, which is among the violations then. */
    static Optional<SourceOfInquiry> of(DesiredState state, Inquiry.Source source, List<Violation> violations) {
        List<WorkloadIdentity> declared = source.workload().stream()
                .flatMap(name -> workload(state, name, violations).stream())
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
        return address.map(known -> new SourceOfInquiry(source, declared, known));
    }

    private static Optional<Resource<Workload>> workload(
            DesiredState state, ResourceName name, List<Violation> violations) {
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

    /** As it comes to a listener. */
    Peer at(ListenerSnapshot listener) {
        return new Peer(address, certificate(), token(listener.jwt()));
    }

    private List<Peer.Certificate> certificate() {
        return source.certificate().isEmpty()
                ? of(declared, BySpiffeId.class)
                        .<Peer.Certificate>map(name ->
                                new Peer.Certificate.Proven(List.of(name.id().value())))
                        .limit(1)
                        .toList()
                : source.certificate();
    }

    // A workload has no use for tokens that nobody takes.
    private List<Peer.Token> token(List<JwtProvider> jwt) {
        return source.token().isEmpty()
                ? of(declared, ByJwt.class)
                        .filter(token -> jwt.stream()
                                .anyMatch(provider -> provider.issuer().equals(token.issuer())))
                        .<Peer.Token>map(Peer.Token.Proven::new)
                        .limit(1)
                        .toList()
                : source.token();
    }

    private static <T> Stream<T> of(List<WorkloadIdentity> declared, Class<T> form) {
        return declared.stream().filter(form::isInstance).map(form::cast);
    }
}
