package io.sallyport.compiler;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.domain.snapshot.Upstream;
import java.time.Instant;
import java.util.IdentityHashMap;

/** The hash of everything in a snapshot but its revision, in the encoding of {@link ContentHash}, part by part. */
final class SnapshotHash {
    private static final int DIGITS = 16;

    private static final int WHOLE = 64;
    // A host that stays is encoded once, and so is a rule that stands in the lists of many hosts: by hashes of their
    // own.
    private final IdentityHashMap<HostEntry, String> hosts = new IdentityHashMap<>();
    private final IdentityHashMap<CompiledRule, String> rules = new IdentityHashMap<>();

    Snapshot stamped(Snapshot snapshot) {
        return new Snapshot(
                snapshot.gateway(),
                new SnapshotVersion(snapshot.version().revision(), of(snapshot)),
                snapshot.defaultAction(),
                snapshot.addressPolicy(),
                snapshot.ruleBuckets(),
                snapshot.sources(),
                snapshot.listeners(),
                snapshot.upstreams());
    }

    /** The entry is no longer in the snapshot. */
    void forget(HostEntry entry) {
        hosts.remove(entry);
    }

    private String of(Snapshot snapshot) {
        ContentHash hash = new ContentHash()
                .text(snapshot.gateway())
                .text(snapshot.defaultAction())
                .texts(snapshot.addressPolicy().deny())
                .texts(snapshot.addressPolicy().permit())
                .number(snapshot.ruleBuckets());
        hash.list(snapshot.sources(), source -> hash.text(source.id()).texts(source.ranges()))
                .list(snapshot.listeners(), listener -> encode(hash, listener))
                .list(snapshot.upstreams(), upstream -> encode(hash, upstream));
        rules.clear();
        return hash.hex(DIGITS);
    }

    private void encode(ContentHash hash, ListenerSnapshot snapshot) {
        Listener listener = snapshot.listener();
        hash.text(listener.name())
                .text(listener.address())
                .number(listener.port().value())
                .text(listener.protocol())
                .texts(listener.hostnames())
                .list(snapshot.hosts(), host -> hash.text(hosts.computeIfAbsent(host, this::of)));
    }

    private String of(HostEntry entry) {
        ContentHash hash =
                new ContentHash().text(entry.host()).text(entry.destination()).number(entry.bucket());
        return hash.list(entry.ports(), port -> encode(hash, port)).hex(WHOLE);
    }

    private void encode(ContentHash hash, PortEntry port) {
        hash.number(port.number().value())
                .text(port.upstream())
                .list(port.rules(), rule -> hash.text(rules.computeIfAbsent(rule, SnapshotHash::of)));
    }

    private static String of(CompiledRule rule) {
        ContentHash hash =
                new ContentHash().text(rule.name()).text(rule.action()).texts(rule.sources());
        Validity validity = rule.validity();
        encode(hash, validity.notBefore());
        encode(hash, validity.expiresAt());
        return hash.hex(WHOLE);
    }

    private static void encode(ContentHash hash, Instant instant) {
        hash.number(instant.getEpochSecond()).number(instant.getNano());
    }

    private static void encode(ContentHash hash, Upstream upstream) {
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
