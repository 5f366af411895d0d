package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.agent.AgentStatus;

/** A connected agent in JSON. */
public final class AgentJson {
    private AgentJson() {}

    public static ObjectNode write(AgentStatus agent) {
        ObjectNode result = Tree.object()
                .put("id", agent.id())
                .put("protocol", protocol(agent.protocol()))
                .put("clientId", agent.clientId().value());
        result.set("gateway", ReferenceJson.write(agent.gateway()));
        result.put("nodeId", agent.nodeId())
                .put("peer", agent.peer())
                .put("connectedAt", agent.connectedAt().toString());
        version(result, "sent", agent.sent());
        version(result, "acknowledged", agent.acknowledged());
        return agent.lastError().isEmpty() ? result : result.put("lastError", agent.lastError());
    }

    /** A version is {@code revision.hash}; nothing is written before the first. */
    private static void version(ObjectNode result, String name, String version) {
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
