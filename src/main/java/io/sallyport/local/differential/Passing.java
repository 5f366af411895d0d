package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.SourceIdentity;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteAction.RequestEdits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What becomes of a request, and of its answer, on the way through a gateway, by what documents say: a second reading of
 * them, as explain is of who may pass.
 *
 * @param listener that it came to
 * @param policy that counts where it is for
 * @param told headers that tell what tokens claim, somewhere at that listener
 */
record Passing(
        Attempt attempt,
        HttpRequest request,
        Verdict verdict,
        ListenerSnapshot listener,
        EffectivePolicy policy,
        Set<String> told) {
    private static final List<String> PREFIXES_OF_GATEWAYS = List.of("x-sallyport-", "x-envoy-", "x-forwarded-");
    private static final Set<String> BETWEEN_TWO =
            Set.of("proxy-authorization", "proxy-connection", "forwarded", "x-request-id");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What each hop says of the message itself. */
    static final Set<String> FRAMING = Set.of("connection", "content-length", "keep-alive", "te", "transfer-encoding");

    /** What the upstream is to see. */
    Received received() {
        return new Received(request.method(), authority(), path(), headers());
    }

    private RequestEdits edits() {
        return route().map(CompiledRoute::action).stream()
                .filter(RouteAction.Forward.class::isInstance)
                .map(RouteAction.Forward.class::cast)
                .map(RouteAction.Forward::edits)
                .findFirst()
                .orElse(RequestEdits.NONE);
    }

    private Optional<CompiledRoute> route() {
        return verdict.routing() instanceof Routing.Taken taken ? Optional.of(taken.route()) : Optional.empty();
    }

    private String authority() {
        return edits().host().stream()
                .map(HostPattern::value)
                .findFirst()
                .orElseGet(() -> withoutDot(request.authority()));
    }

    static String withoutDot(String authority) {
        return authority.replaceFirst("\\.(?=(:[0-9]+)?$)", "");
    }

    private String path() {
        return edits().path().stream()
                .map(rewrite -> rewritten(
                        request.path(), route().orElseThrow().criteria().path(), rewrite))
                .findFirst()
                .orElse(request.path());
    }

    /** By elements, and with the query as it was. */
    static String rewritten(String path, PathMatch matched, PathRewrite rewrite) {
        int mark = path.indexOf('?');
        String query = mark < 0 ? "" : path.substring(mark);
        String bare = mark < 0 ? path : path.substring(0, mark);
        return switch (rewrite) {
            case PathRewrite.Full full -> full.value() + query;
            case PathRewrite.Prefix prefix ->
                withoutEnd(prefix.value(), below(bare, withoutSlash(matched.value()))) + query;
        };
    }

    private static String below(String path, String prefix) {
        return path.substring(prefix.length());
    }

    private static String withoutEnd(String replacement, String rest) {
        String whole = withoutSlash(replacement) + rest;
        return whole.isEmpty() ? "/" : whole;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private SortedMap<String, String> headers() {
        SortedMap<String, String> headers = new TreeMap<>(request.combined());
        attempt.peer().token().forEach(token -> shown(token, headers));
        headers.keySet().removeIf(Passing::isBetweenTwo);
        told(headers);
        apply(edits().headers(), headers);
        policy.closest(TrafficPolicy::headers).forEach(edits -> apply(edits.request(), headers));
        return headers;
    }

    // What was taken for proof goes no further.
    private void shown(Peer.Token token, SortedMap<String, String> headers) {
        if (!isProof()) {
            headers.put(Tokens.shown(token).header(), Tokens.shown(token).value());
        }
    }

    private boolean isProof() {
        return verdict.source().identity() instanceof SourceIdentity.Token;
    }

    private static boolean isBetweenTwo(String name) {
        return BETWEEN_TWO.contains(name) || PREFIXES_OF_GATEWAYS.stream().anyMatch(name::startsWith);
    }

    // Nobody else may have told it.
    private void told(SortedMap<String, String> headers) {
        headers.keySet().removeAll(told);
        if (isProof() && attempt.peer().token().getFirst() instanceof Peer.Token.Proven proven) {
            policy.jwt().stream()
                    .filter(provider ->
                            provider.issuer().equals(proven.identity().issuer()))
                    .findFirst()
                    .ifPresent(provider -> told(provider, proven, headers));
        }
    }

    private static void told(JwtProvider provider, Peer.Token.Proven token, SortedMap<String, String> headers) {
        provider.claimsToHeaders()
                .forEach((header, claim) ->
                        text(token.claims(), List.of(claim.split("\\."))).ifPresent(text -> headers.put(header, text)));
    }

    private static Optional<String> text(Object value, List<String> path) {
        if (!path.isEmpty()) {
            return value instanceof Map<?, ?> within && within.containsKey(path.getFirst())
                    ? text(within.get(path.getFirst()), path.subList(1, path.size()))
                    : Optional.empty();
        }
        return switch (value) {
            case String text -> Optional.of(text);
            case Boolean truth -> Optional.of(truth.toString());
            case Double number ->
                Optional.of(number == Math.rint(number) ? Long.toString(number.longValue()) : decimal(number));
            default ->
                Optional.of(Base64.getEncoder()
                        .encodeToString(JSON.valueToTree(value).toString().getBytes(UTF_8)));
        };
    }

    private static void apply(HeaderEdits edits, SortedMap<String, String> headers) {
        headers.keySet().removeAll(Set.copyOf(edits.remove()));
        edits.set().forEach(header -> headers.put(header.name(), header.value()));
        edits.add().forEach(header -> Received.put(headers, header.name(), header.value()));
    }

    private static void apply(HeaderPolicy.Edit edit, SortedMap<String, String> headers) {
        headers.keySet().removeAll(Set.copyOf(edit.strip()));
        headers.putAll(edit.set());
    }

    /** What the source is to see of headers that an answer had; those that routes and policies say nothing of are left out. */
    SortedMap<String, String> answered(SortedMap<String, String> said) {
        SortedMap<String, String> headers = new TreeMap<>(said);
        route().ifPresent(route -> apply(route.responseHeaders(), headers));
        policy.closest(TrafficPolicy::headers).forEach(edits -> apply(edits.response(), headers));
        return headers;
    }

    // As Envoy writes what is not whole: with six decimals.
    private static String decimal(double number) {
        return new BigDecimal(number).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
    }
}
