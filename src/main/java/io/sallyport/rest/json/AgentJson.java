package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.agent.TypeProgress;
import io.sallyport.domain.snapshot.SnapshotVersion;

/** A connected agent in JSON. */
public final class AgentJson {
    private AgentJson() {}

    public static ObjectNode write(AgentStatus agent) {
        ObjectNode result = Tree.object()
                .put("id", agent.id())
                .put("protocol", protocol(agent.protocol()))
                .setAll(AgentPrincipalJson.write(agent.principal()));
        result.set("gateway", ReferenceJson.write(agent.gateway()));
        result.put("nodeId", agent.nodeId())
                .put("peer", agent.peer())
                .put("connected", agent.isConnected())
                .put("connectedAt", agent.connectedAt().toString());
        if (!agent.isConnected()) {
            result.put("goneAt", agent.goneAt().toString());
        }
        version(result, "sent", agent.sent());
        version(result, "acknowledged", agent.acknowledged());
        version(result, "effective", agent.effective());
        if (!agent.lastError().isEmpty()) {
            result.put("lastError", agent.lastError());
        }
        if (!agent.progress().waitingFor().isEmpty()) {
            result.put("waitingFor", agent.progress().waitingFor());
        }
        if (!agent.progress().held().isEmpty()) {
            result.set(
                    "held",
                    Tree.array(agent.progress().held().stream()
                            .map(AgentJson::held)
                            .toList()));
        }
        ObjectNode types = result.putObject("types");
        agent.progress().types().forEach((type, progress) -> types.set(type, type(progress)));
        return result;
    }

    private static ObjectNode type(TypeProgress progress) {
        ObjectNode result = Tree.object();
        revision(result, "queued", progress.queued());
        revision(result, "sent", progress.sent());
        revision(result, "acknowledged", progress.acknowledged());
        if (!progress.rejections().isEmpty()) {
            result.set(
                    "rejections",
                    Tree.array(progress.rejections().stream()
                            .map(AgentJson::rejection)
                            .toList()));
        }
        return result;
    }

    private static ObjectNode held(Held held) {
        ResourceKey object = held.object();
        ObjectNode result = Tree.object().put("kind", object.kind().documentName());
        result.setAll(ReferenceJson.write(object.name()));
        return result.put("reason", held.reason())
                .put("instead", "It " + held.instead() + ".")
                .put("triedAgain", held.passes());
    }

    private static ObjectNode rejection(Rejection rejection) {
        ObjectNode result = Tree.object();
        revision(result, "revision", rejection.version());
        Tree.texts(result, "resources", rejection.resources());
        return result.put("reason", rejection.reason());
    }

    private static void revision(ObjectNode result, String name, SnapshotVersion version) {
        if (!version.equals(SnapshotVersion.NONE)) {
            result.put(name, version.revision().number());
        }
    }

    /** A version is {@code revision.hash}; nothing is written before the first. */
    static void version(ObjectNode result, String name, String version) {
        int dot = version.indexOf('.');
        if (dot > 0) {
            result.putObject(name).put("version", version).put("revision", Long.parseLong(version.substring(0, dot)));
        }
    }

    private static String protocol(AgentStatus.Protocol protocol) {
        return switch (protocol) {
            case XDS_DELTA -> "XdsDelta";
            case XDS_STATE_OF_THE_WORLD -> "XdsStateOfTheWorld";
            case AGENT -> "Agent";
        };
    }
}
