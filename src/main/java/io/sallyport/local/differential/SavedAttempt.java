package io.sallyport.local.differential;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Approach.Inside;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A request in a file. What is not there is nothing, or as usual. */
final class SavedAttempt {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SavedAttempt() {}

    static ObjectNode write(Attempt attempt) {
        ObjectNode request = JSON.createObjectNode()
                .put("listener", attempt.listener().value())
                .put("address", attempt.peer().address().value())
                .put("isAbsolute", attempt.manner().isDouble())
                .put("isHttp2", attempt.manner().isHttp2())
                .put("bodyBytes", attempt.manner().bodyBytes());
        attempt.peer().token().forEach(token -> write(request.putObject("token"), token));
        attempt.peer().certificate().forEach(one -> write(request.putObject("certificate"), one));
        write(request, attempt.approach());
        return request;
    }

    private static void write(ObjectNode node, Peer.Token token) {
        switch (token) {
            case Peer.Token.Proven proven ->
                node.put("issuer", proven.identity().issuer())
                        .put("subject", proven.identity().subject())
                        .set("claims", JSON.valueToTree(proven.claims()));
            case Peer.Token.Unproven unproven ->
                node.put("fault", unproven.fault().name());
        }
        node.put("header", token.header());
    }

    private static void write(ObjectNode node, Peer.Certificate certificate) {
        switch (certificate) {
            case Peer.Certificate.Proven proven -> texts(node, "uriSans", proven.uriSans());
            case Peer.Certificate.Unproven unproven ->
                node.put("fault", unproven.fault().name());
        }
    }

    private static void write(ObjectNode request, Approach approach) {
        switch (approach) {
            case Approach.HttpRequest http -> {
                request.put("http", http.authority())
                        .put("method", http.method())
                        .put("path", http.path());
                ObjectNode headers = request.putObject("headers");
                http.headers().forEach(headers::put);
                texts(request, "names", http.serverName());
            }
            case Approach.Tunnel tunnel -> {
                request.put("tunnel", tunnel.authority());
                write(request, tunnel.inside());
            }
            case Approach.ClientHello hello -> hello.serverName().forEach(name -> request.put("serverName", name));
            case Approach.Connection connection -> {
                request.put("connection", true);
                texts(
                        request,
                        "original",
                        connection.original().stream().map(IpAddress::value).toList());
            }
        }
    }

    private static void write(ObjectNode request, Inside inside) {
        switch (inside) {
            case Inside.Suitable suitable -> {}
            case Inside.Tls tls -> texts(request, "names", tls.serverName());
            case Inside.Other other -> request.put("isNoTls", true);
        }
    }

    private static void texts(ObjectNode node, String field, List<String> texts) {
        texts.forEach(node.putArray(field)::add);
    }

    static Attempt read(JsonNode request) {
        return new Attempt(
                new Name(request.path("listener").asText()),
                new Peer(new IpAddress(request.path("address").asText()), certificate(request), token(request)),
                approach(request),
                new Manner(
                        request.path("isAbsolute").asBoolean(),
                        request.path("isHttp2").asBoolean(),
                        request.path("bodyBytes").asInt()));
    }

    private static List<Peer.Token> token(JsonNode request) {
        JsonNode token = request.path("token");
        if (token.isMissingNode()) {
            return List.of();
        }
        String header = token.path("header").asText();
        return List.of(
                token.has("fault")
                        ? new Peer.Token.Unproven(
                                Peer.Token.Fault.valueOf(token.path("fault").asText()), header)
                        : new Peer.Token.Proven(
                                new ByJwt(
                                        token.path("issuer").asText(),
                                        token.path("subject").asText()),
                                claims(token),
                                header));
    }

    private static Map<String, Object> claims(JsonNode token) {
        return token.has("claims")
                ? JSON.convertValue(token.path("claims"), new TypeReference<Map<String, Object>>() {})
                : Map.of();
    }

    private static List<Peer.Certificate> certificate(JsonNode request) {
        JsonNode certificate = request.path("certificate");
        if (certificate.isMissingNode()) {
            return List.of();
        }
        return List.of(
                certificate.has("fault")
                        ? new Peer.Certificate.Unproven(Peer.Certificate.Fault.valueOf(
                                certificate.path("fault").asText()))
                        : new Peer.Certificate.Proven(texts(certificate.path("uriSans"))));
    }

    private static Approach approach(JsonNode request) {
        if (request.has("http")) {
            return http(request);
        }
        if (request.has("tunnel")) {
            return new Approach.Tunnel(request.path("tunnel").asText(), inside(request));
        }
        if (request.has("connection")) {
            return new Approach.Connection(
                    texts(request.path("original")).stream().map(IpAddress::new).toList());
        }
        return new Approach.ClientHello(
                request.has("serverName") ? List.of(request.path("serverName").asText()) : List.of());
    }

    private static Approach http(JsonNode request) {
        SortedMap<String, String> headers = new TreeMap<>();
        request.path("headers")
                .properties()
                .forEach(one -> headers.put(one.getKey(), one.getValue().asText()));
        return new Approach.HttpRequest(
                request.path("http").asText(),
                request.path("method").asText("GET"),
                request.path("path").asText("/pair"),
                texts(request.path("names")),
                headers);
    }

    private static Inside inside(JsonNode request) {
        if (request.has("names")) {
            return new Inside.Tls(texts(request.path("names")));
        }
        return request.has("isNoTls") ? new Inside.Other() : new Inside.Suitable();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
