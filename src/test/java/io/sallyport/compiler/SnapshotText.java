package io.sallyport.compiler;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
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
        snapshot.sources().forEach(this::write);
        snapshot.listeners().forEach(this::write);
        snapshot.upstreams().forEach(this::write);
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
        snapshot.hosts().forEach(this::write);
    }

    private void write(HostEntry host) {
        line("  host %s: of %s, bucket %d".formatted(host.host(), host.destination(), host.bucket()));
        host.ports().forEach(this::write);
    }

    private void write(PortEntry port) {
        line("    port %s: to %s".formatted(port.number(), port.upstream()));
        port.rules().forEach(this::write);
    }

    private void write(CompiledRule rule) {
        line("      %s %s: from %s%s"
                .formatted(rule.action(), rule.name(), joined(rule.sources()), window(rule.validity())));
    }

    private void write(Upstream upstream) {
        line("upstream %s: of %s, port %s %s, %s, at %s"
                .formatted(
                        upstream.name(),
                        upstream.destination(),
                        upstream.port(),
                        upstream.protocol(),
                        upstream.resolution(),
                        upstream.endpoints().stream()
                                .map(endpoint -> endpoint.address() + " port " + endpoint.port())
                                .collect(Collectors.joining(", "))));
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
