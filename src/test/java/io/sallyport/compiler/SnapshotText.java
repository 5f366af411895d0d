package io.sallyport.compiler;

import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.Enforceability;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A snapshot for people to read and to compare line by line. */
final class SnapshotText {
    private final StringJoiner lines = new StringJoiner("\n", "", "\n");

    private SnapshotText() {}

    static String of(Snapshot snapshot) {
        SnapshotText text = new SnapshotText();
        text.write(snapshot);
        return text.lines.toString();
    }

    private void write(Snapshot snapshot) {
        line("gateway %s: version %s, default %s, buckets %d"
                .formatted(snapshot.gateway(), snapshot.version(), snapshot.defaultAction(), snapshot.ruleBuckets()));
        line("upstream addresses: deny %s, permit %s"
                .formatted(
                        snapshot.addressPolicy().deny(),
                        snapshot.addressPolicy().permit()));
        unless(
                snapshot.settings().conduct().equals(Conduct.DEFAULT),
                "",
                snapshot.settings().conduct());
        snapshot.sources().forEach(this::write);
        snapshot.listeners().forEach(this::write);
        snapshot.routes().forEach(this::write);
        snapshot.upstreams().forEach(this::write);
        snapshot.policies()
                .forEach(policy -> policy.layers()
                        .forEach(layer ->
                                line("policy %s: %s %s".formatted(policy.id(), layer.policy(), layer.traffic()))));
        snapshot.secrets()
                .forEach(secret -> line("secret %s: %s %s"
                        .formatted(
                                secret.name(),
                                secret.credential().type(),
                                secret.credential().data().keySet())));
    }

    private void unless(boolean usual, String indentation, Object part) {
        if (!usual) {
            line(indentation + part);
        }
    }

    private void write(SourceClass source) {
        line("source %s: %s%s"
                .formatted(
                        source.id(),
                        identities(source.identities()),
                        source.ipBlocks().isEmpty() ? "" : ", only at " + joined(source.ipBlocks())));
    }

    private static String identities(IdentitySet identities) {
        if (identities.anyone()) {
            return "anyone";
        }
        return joined(Stream.concat(identities.principals().stream(), identities.ranges().stream())
                .toList());
    }

    private void write(ListenerSnapshot snapshot) {
        Listener listener = snapshot.listener();
        line("listener %s: %s on %s port %s, hostnames %s"
                .formatted(
                        listener.name(),
                        listener.protocol(),
                        listener.address(),
                        listener.port(),
                        joined(listener.hostnames())));
        listener.tls().forEach(tls -> line("  " + tls));
        snapshot.jwt().forEach(provider -> line("  tokens of " + provider.issuer()));
        unless(snapshot.policy().isEmpty(), "  ", "policy " + snapshot.policy());
        unless(!listener.acceptsProxyProtocol(), "  ", "behind the PROXY protocol");
        snapshot.hosts().forEach(this::write);
    }

    private void write(HostEntry host) {
        line("  host %s: of %s, bucket %d".formatted(host.host(), host.destination(), host.bucket()));
        unless(host.policy().isEmpty(), "    ", "policy " + host.policy());
        host.ports().forEach(this::write);
    }

    private void write(PortEntry port) {
        line("    port %s: to %s".formatted(port.number(), port.upstream()));
        unless(port.enforceability() == Enforceability.WHOLLY, "      ", "enforceable " + port.enforceability());
        port.rules().forEach(rule -> write("", rule));
        port.shadows().forEach(rule -> write("shadow ", rule));
        port.routes().forEach(route -> line("      route " + route));
    }

    private void write(String kind, CompiledRule rule) {
        line("      %s%s %s: from %s%s"
                .formatted(kind, rule.action(), rule.name(), joined(rule.sources()), window(rule.validity())));
    }

    private void write(CompiledRoute route) {
        line("route %s: %s".formatted(route.id(), route.criteria()));
        line("  " + route.action());
        unless(route.responseHeaders().isEmpty(), "  ", "answered with " + route.responseHeaders());
        route.fault().forEach(fault -> line("  " + fault));
    }

    private void write(Upstream upstream) {
        line("upstream %s: of %s, port %s %s, %s, at %s"
                .formatted(
                        upstream.name(),
                        upstream.destination(),
                        upstream.port(),
                        upstream.protocol(),
                        upstream.resolution(),
                        upstream.endpoints().isEmpty()
                                ? "what is asked for, port " + upstream.targetPort()
                                : upstream.endpoints().stream()
                                        .map(SnapshotText::endpoint)
                                        .collect(Collectors.joining(", "))));
        upstream.subsets().forEach(subset -> line("  " + subset));
        unless(upstream.tls().equals(TlsOrigination.DEFAULT), "  ", upstream.tls());
        unless(upstream.settings().equals(UpstreamSettings.DEFAULT), "  ", upstream.settings());
    }

    private static String endpoint(UpstreamEndpoint endpoint) {
        return endpoint.address() + " port " + endpoint.port()
                + (endpoint.weight() == Endpoint.DEFAULT_WEIGHT ? "" : " weight " + endpoint.weight())
                + (endpoint.locality().isEmpty() ? "" : " in " + endpoint.locality())
                + (endpoint.labels().isEmpty() ? "" : " " + endpoint.labels());
    }

    private static String window(Validity validity) {
        return (validity.hasStart() ? ", not before " + validity.notBefore() : "")
                + (validity.hasEnd() ? ", expires at " + validity.expiresAt() : "");
    }

    private static String joined(List<?> parts) {
        return parts.isEmpty() ? "none" : parts.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private void line(String text) {
        lines.add(text);
    }
}
