package io.sallyport.compiler.explain;

import io.sallyport.compiler.cel.Attribute;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What conditions of policies can ask of a request at a listener. */
final class Attributes {
    private static final String DOT_BEFORE_PORT = "\\.(?=(:[0-9]+)?$)";

    private final Map<Attribute, Object> values = new EnumMap<>(Attribute.class);

    private Attributes() {}

    /** @param token the one that is taken for proof there; at most one */
    static Map<Attribute, Object> of(ListenerSnapshot listener, Question question, List<Peer.Token> token) {
        var attributes = new Attributes();
        attributes.values.put(Attribute.TIME, question.time());
        attributes.peer(question.peer(), listener.listener().isMutual());
        attributes.approach(question.approach());
        claims(token).ifPresent(claims -> attributes.values.put(Attribute.CLAIMS, claims));
        return attributes.values;
    }

    private void approach(Approach approach) {
        switch (approach) {
            case Approach.HttpRequest request -> {
                request(request.method(), request.authority());
                path(request.path());
                values.put(Attribute.HEADERS, request.combined());
                values.put(
                        Attribute.SERVER_NAME,
                        request.serverName().stream().findFirst().orElse(""));
            }
            case Approach.Tunnel tunnel -> request("CONNECT", tunnel.authority());
            case Approach.ClientHello hello -> {}
            case Approach.Connection connection -> {}
        }
    }

    private void request(String method, String authority) {
        values.put(Attribute.METHOD, method);
        values.put(Attribute.HOST, authority.replaceFirst(DOT_BEFORE_PORT, ""));
    }

    private void path(String path) {
        int query = path.indexOf('?');
        values.put(Attribute.PATH, path);
        values.put(Attribute.URL_PATH, query < 0 ? path : path.substring(0, query));
        values.put(Attribute.QUERY, query < 0 ? "" : path.substring(query + 1));
    }

    private void peer(Peer peer, boolean isMutual) {
        values.put(Attribute.MUTUAL_TLS, isMutual);
        if (isMutual) {
            peer.certificate().stream()
                    .filter(Peer.Certificate.Proven.class::isInstance)
                    .map(Peer.Certificate.Proven.class::cast)
                    .map(Peer.Certificate.Proven::uriSans)
                    .flatMap(List::stream)
                    .findFirst()
                    .ifPresent(name -> values.put(Attribute.URI_SAN, name));
        }
    }

    private static Optional<Map<String, Object>> claims(List<Peer.Token> token) {
        return token.stream()
                .filter(Peer.Token.Proven.class::isInstance)
                .map(Peer.Token.Proven.class::cast)
                .findFirst()
                .map(Attributes::claims);
    }

    private static Map<String, Object> claims(Peer.Token.Proven token) {
        Map<String, Object> claims = new HashMap<>(token.claims());
        claims.put("iss", token.identity().issuer());
        claims.put("sub", token.identity().subject());
        return claims;
    }
}
