package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Secret;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.Collection;
import java.util.function.Function;

/** A snapshot in our own words, in JSON. */
public final class SnapshotJson {
    private SnapshotJson() {}

    public static ObjectNode write(Snapshot snapshot) {
        ObjectNode result = Tree.object();
        result.set("gateway", ReferenceJson.write(snapshot.gateway()));
        result.put("version", snapshot.version().toString())
                .put("revision", snapshot.version().revision().number());
        result.setAll(writeSettings(snapshot));
        all(result, "sources", snapshot.sources(), SnapshotJson::write);
        all(result, "listeners", snapshot.listeners(), SnapshotJson::write);
        all(result, "routes", snapshot.routes(), CompiledRouteJson::write);
        all(result, "upstreams", snapshot.upstreams(), SnapshotJson::write);
        all(result, "secrets", snapshot.secrets(), SnapshotJson::write);
        return result;
    }

    static ObjectNode writeSettings(Snapshot snapshot) {
        ObjectNode result = Tree.object().put("defaultAction", Choices.capitalized(snapshot.defaultAction()));
        result.set("addressPolicy", EgressGatewayJson.writeAddresses(snapshot.addressPolicy()));
        result.put("ruleBuckets", snapshot.ruleBuckets());
        ConductJson.write(result, snapshot.settings().conduct());
        return result;
    }

    static ObjectNode write(SourceClass source) {
        ObjectNode result = Tree.object().put("id", source.id());
        if (source.identities().anyone()) {
            result.put("anyone", true);
        }
        Tree.texts(result, "principals", source.identities().principals());
        Tree.texts(result, "ranges", source.identities().ranges());
        Tree.texts(result, "ipBlocks", source.ipBlocks());
        return result;
    }

    static ObjectNode write(ListenerSnapshot listener) {
        ObjectNode result = ListenerJson.write(listener.listener());
        Tree.list(result, "jwt", listener.jwt(), JwtProviderJson::write);
        all(result, "hosts", listener.hosts(), SnapshotJson::write);
        return result;
    }

    static ObjectNode write(HostEntry host) {
        ObjectNode result = Tree.object().put("host", host.host().value());
        result.set("destination", ReferenceJson.write(host.destination()));
        result.put("bucket", host.bucket());
        all(result, "ports", host.ports(), SnapshotJson::write);
        return result;
    }

    private static ObjectNode write(PortEntry port) {
        ObjectNode result = Tree.object().put("number", port.number().value()).put("upstream", port.upstream());
        all(result, "rules", port.rules(), SnapshotJson::write);
        Tree.list(result, "shadows", port.shadows(), SnapshotJson::write);
        Tree.texts(result, "routes", port.routes());
        return result;
    }

    private static ObjectNode write(CompiledRule rule) {
        ObjectNode result =
                Tree.object().put("name", rule.name().toString()).put("action", Choices.capitalized(rule.action()));
        Tree.texts(result, "sources", rule.sources());
        ValidityJson.write(result, "validity", rule.validity());
        return result;
    }

    static ObjectNode write(Upstream upstream) {
        ObjectNode result = Tree.object().put("name", upstream.name());
        result.set("destination", ReferenceJson.write(upstream.destination()));
        result.put("port", upstream.port().value())
                .put("targetPort", upstream.targetPort().value())
                .put("protocol", upstream.protocol().name())
                .put("resolution", DestinationJson.name(upstream.resolution()));
        all(result, "endpoints", upstream.endpoints(), SnapshotJson::write);
        Tree.list(result, "subsets", upstream.subsets(), SubsetJson::write);
        UpstreamSettingsJson.write(result, upstream.settings());
        if (!upstream.tls().equals(TlsOrigination.DEFAULT)) {
            result.set("tls", TlsOriginationJson.write(upstream.tls()));
        }
        return result;
    }

    private static ObjectNode write(UpstreamEndpoint endpoint) {
        ObjectNode result = Tree.object()
                .put("address", endpoint.address())
                .put("port", endpoint.port().value());
        return EndpointJson.writeRest(result, endpoint.weight(), endpoint.locality(), endpoint.labels());
    }

    // What it is, and never what it holds.
    static ObjectNode write(Secret secret) {
        ObjectNode result = ReferenceJson.write(secret.name());
        result.setAll(CredentialJson.write(secret.credential()));
        CredentialStatusJson.write(result, secret.credential());
        return result;
    }

    private static <T> void all(ObjectNode object, String name, Collection<T> items, Function<T, JsonNode> write) {
        object.set(name, Tree.array(items.stream().map(write).toList()));
    }
}
