package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Collection;
import java.util.function.Function;

/** A snapshot in our own words, in JSON. */
public final class SnapshotJson {
    private SnapshotJson() {}

    public static ObjectNode write(Snapshot snapshot) {
        ObjectNode result = Tree.object();
        result.set("gateway", ReferenceJson.write(snapshot.gateway()));
        result.put("version", snapshot.version().toString())
                .put("revision", snapshot.version().revision().number())
                .put("defaultAction", Choices.capitalized(snapshot.defaultAction()));
        result.set("addressPolicy", EgressGatewayJson.writeAddresses(snapshot.addressPolicy()));
        result.put("ruleBuckets", snapshot.ruleBuckets());
        all(result, "sources", snapshot.sources(), SnapshotJson::write);
        all(result, "listeners", snapshot.listeners(), SnapshotJson::write);
        all(result, "upstreams", snapshot.upstreams(), SnapshotJson::write);
        return result;
    }

    private static ObjectNode write(SourceClass source) {
        ObjectNode result = Tree.object().put("id", source.id());
        Tree.texts(result, "ranges", source.addresses());
        return result;
    }

    private static ObjectNode write(ListenerSnapshot listener) {
        ObjectNode result = ListenerJson.write(listener.listener());
        all(result, "hosts", listener.hosts(), SnapshotJson::write);
        return result;
    }

    private static ObjectNode write(HostEntry host) {
        ObjectNode result = Tree.object().put("host", host.host().value());
        result.set("destination", ReferenceJson.write(host.destination()));
        result.put("bucket", host.bucket());
        all(result, "ports", host.ports(), SnapshotJson::write);
        return result;
    }

    private static ObjectNode write(PortEntry port) {
        ObjectNode result = Tree.object().put("number", port.number().value()).put("upstream", port.upstream());
        all(result, "rules", port.rules(), SnapshotJson::write);
        return result;
    }

    private static ObjectNode write(CompiledRule rule) {
        ObjectNode result =
                Tree.object().put("name", rule.name().toString()).put("action", Choices.capitalized(rule.action()));
        Tree.texts(result, "sources", rule.sources());
        ValidityJson.write(result, "validity", rule.validity());
        return result;
    }

    private static ObjectNode write(Upstream upstream) {
        ObjectNode result = Tree.object().put("name", upstream.name());
        result.set("destination", ReferenceJson.write(upstream.destination()));
        result.put("port", upstream.port().value())
                .put("protocol", upstream.protocol().name())
                .put("resolution", DestinationJson.name(upstream.resolution()));
        all(
                result,
                "endpoints",
                upstream.endpoints(),
                endpoint -> Tree.object()
                        .put("address", endpoint.address())
                        .put("port", endpoint.port().value()));
        return result;
    }

    private static <T> void all(ObjectNode object, String name, Collection<T> items, Function<T, JsonNode> write) {
        object.set(name, Tree.array(items.stream().map(write).toList()));
    }
}
