package io.sallyport.store.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Denial;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.ListenerProof;
import io.sallyport.domain.agent.Progress;
import io.sallyport.domain.agent.Quarantine;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.agent.TypeProgress;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Agents, proofs and denials as they are stored. */
final class LedgerJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LedgerJson() {}

    static String agents(List<AgentStatus> agents) {
        ArrayNode rows = JSON.createArrayNode();
        agents.forEach(agent -> {
            ObjectNode row = rows.addObject().put("id", agent.id());
            row.set("status", write(agent));
            if (!agent.isConnected()) {
                row.put("gone_at", agent.goneAt().toString());
            }
        });
        return rows.toString();
    }

    static String proofs(List<ListenerProof> proofs, Instant now) {
        ArrayNode rows = JSON.createArrayNode();
        proofs.forEach(proof -> rows.addObject()
                .put("client_id", proof.agent().principal().value())
                .put("namespace", proof.agent().gateway().namespace().value())
                .put("gateway", proof.agent().gateway().name().value())
                .put("node_id", proof.agent().nodeId())
                .put("listener", proof.listener())
                .put("fingerprint", proof.fingerprint())
                .put("age", Duration.between(proof.at(), now).toMillis() / 1000.0));
        return rows.toString();
    }

    static String denials(List<Denial> denials) {
        ArrayNode rows = JSON.createArrayNode();
        denials.forEach(denial -> {
            ObjectNode row = rows.addObject().put("at", denial.at().toString()).put("listener", denial.listener());
            name(row, denial.agent());
            Denial.Asked asked = denial.asked();
            row.put("source", asked.source())
                    .put("identity", asked.identity())
                    .put("host", asked.host())
                    .put("method", asked.method())
                    .put("path", asked.path());
            Denial.Refusal refusal = denial.refusal();
            row.put("rule", refusal.rule())
                    .put("reason", refusal.reason())
                    .put("authorization", refusal.authorization())
                    .put("status", refusal.status());
        });
        return rows.toString();
    }

    static Denial denial(String text) {
        JsonNode row = read(text);
        return new Denial(
                Instant.parse(text(row, "at")),
                name(row),
                text(row, "listener"),
                new Denial.Asked(
                        text(row, "source"),
                        text(row, "identity"),
                        text(row, "host"),
                        text(row, "method"),
                        text(row, "path")),
                new Denial.Refusal(
                        text(row, "rule"),
                        text(row, "reason"),
                        text(row, "authorization"),
                        row.path("status").asInt()));
    }

    static String quarantines(List<Quarantine> quarantines) {
        ArrayNode rows = JSON.createArrayNode();
        quarantines.forEach(quarantine -> {
            ObjectNode row = rows.addObject()
                    .put("agent", quarantine.agent())
                    .put("accepted", quarantine.accepted().number());
            ArrayNode secrets = row.putArray("secrets");
            quarantine.secrets().forEach(secrets::add);
            ArrayNode guilty = row.putArray("guilty");
            quarantine
                    .guilty()
                    .forEach(one -> guilty.addObject()
                            .put("kind", one.object().kind().name())
                            .put("name", one.object().name().toString())
                            .put("reason", one.reason())
                            .put("refusedAt", one.refusedAt().number())
                            .put("heldFrom", one.heldFrom().number()));
        });
        return rows.toString();
    }

    static Quarantine quarantine(String text) {
        JsonNode row = read(text);
        List<String> secrets = new ArrayList<>();
        row.path("secrets").forEach(one -> secrets.add(one.asText()));
        List<Quarantine.Guilty> guilty = new ArrayList<>();
        row.path("guilty")
                .forEach(one -> guilty.add(new Quarantine.Guilty(
                        object(one), text(one, "reason"), revision(one, "refusedAt"), revision(one, "heldFrom"))));
        return new Quarantine(text(row, "agent"), secrets, revision(row, "accepted"), guilty);
    }

    private static ResourceKey object(JsonNode row) {
        return new ResourceKey(Kind.valueOf(text(row, "kind")), ResourceName.parse(text(row, "name")));
    }

    private static Revision revision(JsonNode row, String name) {
        return new Revision(row.path(name).asLong());
    }

    private static ObjectNode write(AgentStatus agent) {
        ObjectNode result = JSON.createObjectNode()
                .put("id", agent.id())
                .put("protocol", agent.protocol().name())
                .put("peer", agent.peer())
                .put("connectedAt", agent.connectedAt().toString());
        name(result, agent.name());
        if (!agent.isConnected()) {
            result.put("goneAt", agent.goneAt().toString());
        }
        ObjectNode labels = result.putObject("labels");
        agent.labels().forEach(labels::put);
        Progress progress = agent.progress();
        result.put("sent", progress.sent().text())
                .put("acknowledged", progress.acknowledged().text())
                .put("effective", progress.effective().text())
                .put("lastError", progress.lastError())
                .put("waitingFor", progress.waitingFor());
        ObjectNode types = result.putObject("types");
        progress.types().forEach((type, one) -> types.set(type, write(one)));
        ArrayNode held = result.putArray("held");
        progress.held()
                .forEach(one -> held.addObject()
                        .put("kind", one.object().kind().name())
                        .put("name", one.object().name().toString())
                        .put("reason", one.reason())
                        .put("passes", one.passes())
                        .put("instead", one.instead()));
        return result;
    }

    private static ObjectNode write(TypeProgress type) {
        ObjectNode result = JSON.createObjectNode()
                .put("queued", type.queued().text())
                .put("sent", type.sent().text())
                .put("acknowledged", type.acknowledged().text());
        ArrayNode rejections = result.putArray("rejections");
        type.rejections().forEach(rejection -> {
            ObjectNode one = rejections
                    .addObject()
                    .put("version", rejection.version().text())
                    .put("reason", rejection.reason());
            ArrayNode resources = one.putArray("resources");
            rejection.resources().forEach(resources::add);
        });
        return result;
    }

    static AgentStatus agent(String text) {
        JsonNode row = read(text);
        AgentName name = name(row);
        AgentStatus agent = AgentStatus.connected(
                text(row, "id"),
                AgentStatus.Protocol.valueOf(text(row, "protocol")),
                name.principal(),
                name.gateway(),
                name.nodeId(),
                text(row, "peer"),
                Instant.parse(text(row, "connectedAt")));
        Map<String, String> labels = new TreeMap<>();
        row.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        AgentStatus known = agent.with(progress(row)).labelled(labels);
        return row.has("goneAt") ? known.gone(Instant.parse(text(row, "goneAt"))) : known;
    }

    private static Progress progress(JsonNode row) {
        SortedMap<String, TypeProgress> types = new TreeMap<>();
        row.path("types").properties().forEach(type -> types.put(type.getKey(), type(type.getValue())));
        List<Held> held = new ArrayList<>();
        row.path("held")
                .forEach(one -> held.add(new Held(
                        object(one),
                        text(one, "reason"),
                        one.path("passes").asBoolean(),
                        one.path("instead").asText(Held.AS_BEFORE))));
        return new Progress(
                version(row, "sent"),
                version(row, "acknowledged"),
                version(row, "effective"),
                text(row, "lastError"),
                types,
                held,
                text(row, "waitingFor"));
    }

    private static TypeProgress type(JsonNode row) {
        List<Rejection> rejections = new ArrayList<>();
        row.path("rejections").forEach(one -> {
            List<String> resources = new ArrayList<>();
            one.path("resources").forEach(resource -> resources.add(resource.asText()));
            rejections.add(new Rejection(version(one, "version"), resources, text(one, "reason")));
        });
        return new TypeProgress(version(row, "queued"), version(row, "sent"), version(row, "acknowledged"), rejections);
    }

    private static void name(ObjectNode row, AgentName name) {
        row.put("clientId", name.principal().value())
                .put("gateway", name.gateway().toString())
                .put("nodeId", name.nodeId());
    }

    private static AgentName name(JsonNode row) {
        return new AgentName(
                AgentPrincipal.parse(text(row, "clientId")),
                ResourceName.parse(text(row, "gateway")),
                text(row, "nodeId"));
    }

    private static SnapshotVersion version(JsonNode row, String name) {
        return SnapshotVersion.parse(text(row, name));
    }

    private static String text(JsonNode row, String name) {
        return row.path(name).asText();
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
