package io.sallyport.compiler;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import java.time.Instant;
import java.util.IdentityHashMap;

/** The hash of everything in a snapshot but its revision, in the encoding of {@link ContentHash}, part by part. */
final class SnapshotHash {
    private static final int DIGITS = 16;

    private final ContentHash hash = new ContentHash();
    // One rule stands in the lists of many hosts; it is encoded once, by its own hash.
    private final IdentityHashMap<CompiledRule, String> rules = new IdentityHashMap<>();

    private SnapshotHash() {}

    static Snapshot stamped(Snapshot snapshot) {
        return new Snapshot(
                snapshot.gateway(),
                new SnapshotVersion(snapshot.version().revision(), new SnapshotHash().of(snapshot)),
                snapshot.defaultAction(),
                snapshot.addressPolicy(),
                snapshot.ruleBuckets(),
                snapshot.sources(),
                snapshot.listeners(),
                snapshot.upstreams());
    }

    private String of(Snapshot snapshot) {
        hash.text(snapshot.gateway())
                .text(snapshot.defaultAction())
                .texts(snapshot.addressPolicy().deny())
                .texts(snapshot.addressPolicy().permit())
                .number(snapshot.ruleBuckets())
                .list(snapshot.sources(), this::encode)
                .list(snapshot.listeners(), this::encode)
                .list(snapshot.upstreams(), this::encode);
        return hash.hex(DIGITS);
    }

    private void encode(SourceClass source) {
        hash.text(source.id()).texts(source.ranges());
    }

    private void encode(ListenerSnapshot snapshot) {
        Listener listener = snapshot.listener();
        hash.text(listener.name())
                .text(listener.address())
                .number(listener.port().value())
                .text(listener.protocol())
                .texts(listener.hostnames())
                .list(snapshot.hosts(), this::encode);
    }

    private void encode(HostEntry entry) {
        hash.text(entry.host()).text(entry.destination()).number(entry.bucket()).list(entry.ports(), this::encode);
    }

    private void encode(PortEntry port) {
        hash.number(port.number().value())
                .text(port.upstream())
                .list(port.rules(), rule -> hash.text(rules.computeIfAbsent(rule, SnapshotHash::of)));
    }

    private static String of(CompiledRule rule) {
        ContentHash own =
                new ContentHash().text(rule.name()).text(rule.action()).texts(rule.sources());
        Validity validity = rule.validity();
        encode(own, validity.notBefore());
        encode(own, validity.expiresAt());
        return own.hex(64);
    }

    private static void encode(ContentHash hash, Instant instant) {
        hash.number(instant.getEpochSecond()).number(instant.getNano());
    }

    private void encode(Upstream upstream) {
        hash.text(upstream.name())
                .text(upstream.destination())
                .number(upstream.port().value())
                .text(upstream.protocol())
                .text(upstream.resolution())
                .list(
                        upstream.endpoints(),
                        endpoint -> hash.text(endpoint.address())
                                .number(endpoint.port().value()));
    }
}
