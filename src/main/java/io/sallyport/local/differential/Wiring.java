package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * States name ports by numbers of their own, which stay the same from run to run; a run has others.
 *
 * @param ports the real one of each
 */
record Wiring(Map<Integer, Integer> ports) {
    private static final List<String> FIELDS = List.of("port", "targetPort");

    Wiring {
        ports = Map.copyOf(ports);
    }

    int real(int port) {
        return ports.getOrDefault(port, port);
    }

    /** The documents with real ports in place of listeners' ports, endpoints' ports and target ports. */
    List<JsonNode> wired(List<JsonNode> documents) {
        return documents.stream().map(this::wired).toList();
    }

    private JsonNode wired(JsonNode document) {
        JsonNode copy = document.deepCopy();
        for (String list : List.of("listeners", "endpoints", "ports")) {
            copy.path("spec").path(list).forEach(this::replacePorts);
        }
        return copy;
    }

    private void replacePorts(JsonNode item) {
        if (item instanceof ObjectNode object) {
            FIELDS.stream()
                    .filter(object::has)
                    .forEach(field -> object.put(field, real(object.path(field).asInt())));
        }
    }
}
