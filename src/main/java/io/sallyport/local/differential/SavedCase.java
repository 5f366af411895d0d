package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A state and a request that were once decided differently, in a file. */
record SavedCase(TrialState state, Attempt attempt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Path file) {
        ObjectNode request = JSON.createObjectNode()
                .put("listener", attempt.listener().value())
                .put("address", attempt.peer().address().value())
                .put("isAbsolute", attempt.isAbsolute());
        attempt.peer().token().stream()
                .filter(Peer.Token.Proven.class::isInstance)
                .map(token -> ((Peer.Token.Proven) token).identity())
                .forEach(token ->
                        request.putObject("token").put("issuer", token.issuer()).put("subject", token.subject()));
        write(request, attempt.approach());
        ObjectNode whole = JSON.createObjectNode();
        whole.set("request", request);
        whole.set("documents", JSON.createArrayNode().addAll(state.documents()));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, whole.toPrettyString() + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(ObjectNode request, Approach approach) {
        switch (approach) {
            case Approach.HttpRequest http -> request.put("http", http.authority());
            case Approach.Tunnel tunnel -> request.put("tunnel", tunnel.authority());
            case Approach.ClientHello hello -> hello.serverName().forEach(name -> request.put("serverName", name));
            case Approach.Connection connection -> request.put("connection", true);
        }
    }

    /** With keys of this run in place of those that signed tokens then. */
    static SavedCase read(Path file) {
        try {
            JsonNode whole = JSON.readTree(Files.readString(file));
            List<JsonNode> documents = new ArrayList<>();
            whole.path("documents")
                    .forEach(document -> documents.add(
                            document.path("kind").asText().equals("SecurityPolicy")
                                    ? RandomPolicy.tokens()
                                    : document));
            return new SavedCase(new TrialState(documents), attempt(whole.path("request")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Attempt attempt(JsonNode request) {
        List<Peer.Token> token = request.has("token")
                ? List.of(new Peer.Token.Proven(new ByJwt(
                        request.at("/token/issuer").asText(),
                        request.at("/token/subject").asText())))
                : List.of();
        return new Attempt(
                new Name(request.path("listener").asText()),
                new Peer(new IpAddress(request.path("address").asText()), List.of(), token),
                approach(request),
                request.path("isAbsolute").asBoolean());
    }

    private static Approach approach(JsonNode request) {
        if (request.has("http")) {
            return new Approach.HttpRequest(request.path("http").asText(), "GET", "/pair");
        }
        if (request.has("tunnel")) {
            return new Approach.Tunnel(request.path("tunnel").asText());
        }
        if (request.has("connection")) {
            return new Approach.Connection(List.of());
        }
        return new Approach.ClientHello(
                request.has("serverName") ? List.of(request.path("serverName").asText()) : List.of());
    }
}
