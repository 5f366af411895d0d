package io.sallyport.compiler.guardrail;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A place as if it were all there is.
 *
 * @param snapshot nothing but it, and what it refers to
 * @param listener with the tokens that are taken for proof there
 */
record Passage(Place place, Snapshot snapshot, ListenerSnapshot listener, HostEntry entry, PortEntry port) {
    private static final String ANY_METHOD = "GET";

    /** @param judged what is to be made of the rules of policies that ask what no flow of ours says */
    static Passage of(Place place, UnaryOperator<EffectivePolicy> judged) {
        Index index = place.index();
        ListenerSnapshot listener = place.listener();
        HostEntry entry = place.entry();
        PortEntry port = place.port();
        var bare = new PortEntry(
                port.number(), port.upstream(), port.rules(), List.of(), List.of(), port.enforceability());
        var alone = new HostEntry(entry.host(), entry.destination(), entry.bucket(), List.of(bare), entry.policy());
        var at = new ListenerSnapshot(listener.listener(), List.of(alone), listener.jwt(), listener.policy());
        EffectivePolicy policy = judged.apply(index.policies().at(listener, entry));
        Snapshot whole = index.snapshot();
        Snapshot snapshot = new Snapshot(
                whole.gateway(),
                whole.version(),
                whole.settings(),
                index.classes(bare, policy),
                List.of(at),
                List.of(),
                index.upstream(port),
                List.of(policy),
                List.of());
        return new Passage(place, snapshot, entry.policy().isEmpty() ? at : at.taking(policy.jwt()), alone, bare);
    }

    /** Decides as if those classes were asked for too. */
    Evaluator evaluator(Collection<SourceClass> others) {
        Set<SourceClass> classes = new HashSet<>(snapshot.sources());
        classes.addAll(others);
        return new Evaluator(new Snapshot(
                snapshot.gateway(),
                snapshot.version(),
                snapshot.settings(),
                List.copyOf(classes),
                snapshot.listeners(),
                snapshot.routes(),
                snapshot.upstreams(),
                snapshot.policies(),
                snapshot.secrets()));
    }

    /** The times at which something may become otherwise. */
    Stream<Instant> bounds() {
        return port.rules().stream()
                .map(CompiledRule::validity)
                .flatMap(validity -> Stream.of(validity.notBefore(), validity.expiresAt()));
    }

    /** Methods that its policies tell apart, and one that they do not. */
    Stream<String> methods() {
        return Stream.concat(
                Stream.of(ANY_METHOD),
                snapshot.policies().stream()
                        .flatMap(policy -> policy.authorization().stream())
                        .flatMap(clause -> clause.rule().to().methods().stream()));
    }

    /** The ways to ask for a host here. */
    List<Approach> approaches(HostPattern host, Collection<String> methods) {
        String authority = host + ":" + port.number();
        List<String> name = IpAddress.isValid(host.value()) ? List.of() : List.of(host.value());
        return switch (listener.listener().protocol()) {
            case HTTP -> requests(authority, methods, List.of()).toList();
            case HTTPS -> requests(authority, methods, name).toList();
            case TLS -> List.of(new Approach.ClientHello(name));
            case TCP ->
                List.of(new Approach.Connection(
                        entry.host().isRange() ? List.of(new IpAddress(host.value())) : List.of()));
            case CONNECT ->
                Stream.concat(
                                Stream.<Approach>of(new Approach.Tunnel(authority)),
                                upstream().protocol().isReachableByHttp()
                                        ? requests(authority, methods, List.of())
                                        : Stream.of())
                        .toList();
        };
    }

    private static Stream<Approach> requests(String authority, Collection<String> methods, List<String> serverName) {
        return methods.stream().map(method -> new Approach.HttpRequest(authority, method, "/", serverName));
    }

    private Upstream upstream() {
        return snapshot.upstreams().getFirst();
    }

    /** Whether it goes by what the peer shows. */
    boolean sees(Peer peer) {
        if (listener.listener().isMutual()) {
            return !peer.certificate().isEmpty();
        }
        return peer.certificate().isEmpty()
                && peer.token().stream()
                        .allMatch(token -> token instanceof Peer.Token.Proven proven
                                && listener.jwt().stream()
                                        .anyMatch(provider -> provider.issuer()
                                                .equals(proven.identity().issuer())));
    }
}
