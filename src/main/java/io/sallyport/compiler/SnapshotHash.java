package io.sallyport.compiler;

import io.sallyport.domain.Credential;
import io.sallyport.domain.Name;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Secret;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The hash of everything in a snapshot but its revision, in the encoding of {@link ContentHash}, part by part. The large
 * tables count by the hashes of groups of neighbours, which count by the hashes of their elements; those that stay are
 * kept from one snapshot to the next.
 */
public final class SnapshotHash {
    private static final int DIGITS = 16;
    private static final int WHOLE = 64;
    private final Map<Name, GroupedHashes<HostEntry>> hosts = new HashMap<>();
    private GroupedHashes<SourceClass> sources = GroupedHashes.none();
    private GroupedHashes<CompiledRoute> routes = GroupedHashes.none();
    private GroupedHashes<Upstream> upstreams = GroupedHashes.none();
    private IdentityHashMap<Object, String> kept = new IdentityHashMap<>();
    private IdentityHashMap<Object, String> used = new IdentityHashMap<>();

    /** The same with the version of its content, at the revision that it says. */
    public Snapshot stamped(Snapshot snapshot) {
        return new Snapshot(
                snapshot.gateway(),
                new SnapshotVersion(snapshot.version().revision(), of(snapshot)),
                snapshot.settings(),
                snapshot.sources(),
                snapshot.listeners(),
                snapshot.routes(),
                snapshot.upstreams(),
                snapshot.policies(),
                snapshot.secrets());
    }

    private String of(Snapshot snapshot) {
        ContentHash hash = new ContentHash().text(snapshot.gateway());
        SettingsEncoding.encode(hash, snapshot.settings());
        sources = sources.of(snapshot.sources(), source -> kept(source, SnapshotHash::encode));
        routes = routes.of(snapshot.routes(), route -> kept(route, RouteEncoding::encode));
        upstreams = upstreams.of(snapshot.upstreams(), upstream -> kept(upstream, UpstreamEncoding::encode));
        hash.texts(sources.groups())
                .list(snapshot.listeners(), listener -> encode(hash, listener))
                .texts(routes.groups())
                .texts(upstreams.groups())
                .list(snapshot.policies(), policy -> encode(hash, policy))
                .list(snapshot.secrets(), secret -> encode(hash, secret));
        kept = used;
        used = new IdentityHashMap<>();
        return hash.hex(DIGITS);
    }

    private <T> String kept(T element, BiConsumer<ContentHash, T> encode) {
        String known = used.getOrDefault(element, kept.get(element));
        if (known == null) {
            ContentHash hash = new ContentHash();
            encode.accept(hash, element);
            known = hash.hex(WHOLE);
        }
        used.put(element, known);
        return known;
    }

    private static void encode(ContentHash hash, SourceClass source) {
        hash.text(source.id())
                .text(source.identities().anyone())
                .texts(source.identities().principals())
                .texts(source.identities().ranges())
                .texts(source.ipBlocks());
    }

    private void encode(ContentHash hash, ListenerSnapshot snapshot) {
        SettingsEncoding.encode(hash, snapshot.listener());
        GroupedHashes<HostEntry> ofListener = hosts.getOrDefault(
                        snapshot.listener().name(), GroupedHashes.none())
                .of(snapshot.hosts(), host -> kept(host, this::encode));
        hosts.put(snapshot.listener().name(), ofListener);
        hash.texts(ofListener.groups())
                .list(snapshot.jwt(), provider -> PolicyEncoding.encode(hash, provider))
                .text(snapshot.policy());
    }

    private void encode(ContentHash hash, EffectivePolicy policy) {
        hash.text(policy.id())
                .list(policy.layers(), layer -> hash.text(kept(layer, PolicyEncoding::encode)))
                .list(policy.authentication(), one -> hash.text(kept(one, PolicyEncoding::encode)))
                .list(policy.authorization(), clause -> hash.text(kept(clause, PolicyEncoding::encode)))
                .list(policy.services(), service -> hash.text(kept(service, PolicyEncoding::encode)));
    }

    private void encode(ContentHash hash, HostEntry entry) {
        hash.text(entry.host())
                .text(entry.destination())
                .number(entry.bucket())
                .list(entry.ports(), port -> encode(hash, port))
                .text(entry.policy());
    }

    private void encode(ContentHash hash, PortEntry port) {
        hash.number(port.number().value())
                .text(port.upstream())
                .list(port.rules(), rule -> hash.text(kept(rule, SnapshotHash::encode)))
                .list(port.shadows(), rule -> hash.text(kept(rule, SnapshotHash::encode)))
                .texts(port.routes())
                .text(port.enforceability());
    }

    private static void encode(ContentHash hash, CompiledRule rule) {
        hash.text(rule.name()).text(rule.action()).texts(rule.sources());
        Validity validity = rule.validity();
        encode(hash, validity.notBefore());
        encode(hash, validity.expiresAt());
        hash.text(validity.passed());
    }

    private static void encode(ContentHash hash, Instant instant) {
        hash.number(instant.getEpochSecond()).number(instant.getNano());
    }

    // The data is in the digest alone, from which it cannot be read.
    private void encode(ContentHash hash, Secret secret) {
        hash.text(secret.name()).text(kept(secret.credential(), SnapshotHash::encode));
    }

    private static void encode(ContentHash hash, Credential credential) {
        hash.text(credential.type())
                .list(
                        credential.data().entrySet(),
                        part -> hash.text(part.getKey()).text(part.getValue().reveal()));
    }
}
