package io.sallyport.rest.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Secret;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.usecase.SnapshotForm;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** A snapshot part by part, as it reads in JSON. */
public final class SnapshotParts implements SnapshotForm {
    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() {};

    @Override
    public SortedMap<String, SortedMap<String, Part>> parts(Snapshot snapshot) {
        SortedMap<String, SortedMap<String, Part>> parts = new TreeMap<>();
        parts.put("settings", new TreeMap<>());
        parts.get("settings")
                .put("settings", new Part(snapshot.settings(), () -> tree(SnapshotJson.writeSettings(snapshot))));
        put(parts, "source", snapshot.sources(), source -> source.id(), SnapshotJson::write);
        SortedMap<String, Part> listeners = new TreeMap<>();
        SortedMap<String, Part> hosts = new TreeMap<>();
        for (ListenerSnapshot listener : snapshot.listeners()) {
            String name = listener.listener().name().value();
            listeners.put(
                    name,
                    new Part(
                            List.of(listener.listener(), listener.jwt(), listener.policy()),
                            () -> tree(listener(listener))));
            listener.hosts()
                    .forEach(host ->
                            hosts.put(name + "/" + host.host().value(), new Part(host, () -> tree(host(host)))));
        }
        parts.put("listener", listeners);
        parts.put("host", hosts);
        put(parts, "route", snapshot.routes(), route -> route.id(), CompiledRouteJson::write);
        put(parts, "upstream", snapshot.upstreams(), upstream -> upstream.name(), SnapshotJson::write);
        put(parts, "policy", snapshot.policies(), EffectivePolicy::id, SnapshotParts::policy);
        SortedMap<String, Part> secrets = new TreeMap<>();
        snapshot.secrets()
                .forEach(secret -> secrets.put(secret.name().toString(), new Part(secret, () -> secret(secret))));
        parts.put("secret", secrets);
        return parts;
    }

    private static Map<String, Object> secret(Secret secret) {
        Map<String, Object> tree = new LinkedHashMap<>(tree(SnapshotJson.write(secret)));
        // Another key is another secret, although it does not show.
        tree.put("data", new TreeMap<>(secret.credential().data()));
        return tree;
    }

    private static ObjectNode listener(ListenerSnapshot listener) {
        ObjectNode result = SnapshotJson.write(listener);
        result.remove("hosts");
        return listener.policy().isEmpty() ? result : result.put("policy", listener.policy());
    }

    private static ObjectNode host(HostEntry host) {
        ObjectNode result = SnapshotJson.write(host);
        for (int index = 0; index < host.ports().size(); index++) {
            PortEntry port = host.ports().get(index);
            ((ObjectNode) result.path("ports").get(index))
                    .put("enforceability", Choices.capitalized(port.enforceability()));
        }
        return host.policy().isEmpty() ? result : result.put("policy", host.policy());
    }

    // Equal content, equal id; what each asks is in its own document.
    private static ObjectNode policy(EffectivePolicy policy) {
        ObjectNode result = Tree.object();
        Tree.texts(
                result,
                "layers",
                policy.layers().stream().map(EffectivePolicy.Layer::policy).toList());
        Tree.texts(
                result,
                "services",
                policy.services().stream().map(service -> service.destination()).toList());
        return result;
    }

    private static <T> void put(
            SortedMap<String, SortedMap<String, Part>> parts,
            String type,
            Collection<T> all,
            Function<T, String> name,
            Function<T, ObjectNode> write) {
        SortedMap<String, Part> named = new TreeMap<>();
        all.forEach(one -> named.put(name.apply(one), new Part(one, () -> tree(write.apply(one)))));
        parts.put(type, named);
    }

    private static Map<String, Object> tree(ObjectNode node) {
        return Format.JSON.mapper().convertValue(node, TREE);
    }
}
