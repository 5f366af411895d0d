package io.sallyport.compiler.envoy;

import static java.util.function.Predicate.not;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.AndFilter;
import io.sallyport.domain.gateway.Listener;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line of JSON for each request that a listener decided on, and for each handshake that came to nothing. */
final class HttpLogs {
    private static final String METADATA = "metadata.filter_metadata['envoy.filters.http.rbac']['";

    // A request that cannot be read comes before no rule. What is not there must not be asked for.
    private static final String DECIDED = "('envoy.filters.http.rbac' in metadata.filter_metadata && '"
            + PlainRequests.DECISION + "' in metadata.filter_metadata['envoy.filters.http.rbac'])";

    private static final String TOKEN = "%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:" + TokenTable.CLAIMS + ":";

    private HttpLogs() {}

    /** One line for each request, whichever of them writes it, and one report. */
    static List<AccessLog> ofRequests(HttpSkeleton skeleton, String fingerprint) {
        return Stream.concat(lines(skeleton).stream(), reports(skeleton, fingerprint).stream())
                .toList();
    }

    private static List<AccessLog> reports(HttpSkeleton skeleton, String fingerprint) {
        Listener listener = skeleton.listener();
        return List.of(
                Report.counting(skeleton.name(), plainFields(listener)).toBuilder()
                        .setFilter(PlainRequests.plain())
                        .build(),
                Report.ofRequests(skeleton.name(), fingerprint, fields(listener)).toBuilder()
                        .setFilter(PlainRequests.others())
                        .build());
    }

    private static List<AccessLog> lines(HttpSkeleton skeleton) {
        Listener listener = skeleton.listener();
        AccessLogFilter unlikePlain = both(PlainRequests.others(), Probe.others());
        AccessLog others = log(skeleton, fields(listener), unlikePlain);
        return switch (skeleton.conduct().accessLog()) {
            case ALL -> List.of(log(skeleton, plainFields(listener), PlainRequests.plain()), others);
            case REFUSED ->
                List.of(others.toBuilder()
                        .setFilter(both(
                                unlikePlain,
                                AccessLogs.where(
                                        refused() + " || !" + DECIDED + " || " + isShadowed() + " || " + isAudited())))
                        .build());
        };
    }

    private static AccessLog log(HttpSkeleton skeleton, Map<String, String> fields, AccessLogFilter filter) {
        return AccessLogs.log(skeleton.name(), fields).toBuilder()
                .setFilter(filter)
                .build();
    }

    private static AccessLogFilter both(AccessLogFilter first, AccessLogFilter second) {
        return AccessLogFilter.newBuilder()
                .setAndFilter(AndFilter.newBuilder().addFilters(first).addFilters(second))
                .build();
    }

    /** Of connections that came to no request: refused in the handshake or by the PROXY protocol, or above the bound. */
    static List<AccessLog> ofConnections(HttpSkeleton skeleton, String fingerprint) {
        Map<String, String> fields = Map.of(
                "action", "denied",
                "reason", cel(ConnectionLogs.aboveBound(skeleton.conduct()) + " ? 'connection-limit' : 'handshake'"),
                "serverName", "%REQUESTED_SERVER_NAME%",
                "failure", "%DOWNSTREAM_TRANSPORT_FAILURE_REASON%");
        String nothing = "(" + cameToNothing(skeleton) + ")";
        return List.of(
                log(skeleton, fields, AccessLogs.where(nothing + " && !(" + Probe.isConnection() + ")")),
                Report.ofConnections(skeleton.name(), fingerprint, reported(fields)).toBuilder()
                        .setFilter(AccessLogs.where(nothing + " || " + Probe.isConnection()))
                        .build());
    }

    private static Map<String, String> reported(Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(fields);
        all.put(Report.SOURCE, "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%");
        return all;
    }

    // Where the proxy in front said nothing that can be read, no chain was chosen.
    private static String cameToNothing(HttpSkeleton skeleton) {
        String silent = skeleton.listener().acceptsProxyProtocol() ? " || " + ConnectionLogs.NO_CHAIN : "";
        return "connection.transport_failure_reason != ''" + silent + " || "
                + ConnectionLogs.aboveBound(skeleton.conduct());
    }

    // The query is left out: people put secrets there.
    private static Map<String, String> fields(Listener listener) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "protocol", "%PROTOCOL%",
                "host", "%REQ(:AUTHORITY)%",
                "method", "%REQ(:METHOD)%",
                "path", "%PATH(NQ:PATH)%",
                "status", "%RESPONSE_CODE%",
                "details", "%RESPONSE_CODE_DETAILS%",
                "failure", "%UPSTREAM_TRANSPORT_FAILURE_REASON%"));
        fields.put("source", "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%");
        fields.put("rule", cel(rule()));
        fields.put("route", "%ROUTE_NAME%");
        fields.put("askedHost", Asked.host());
        fields.put("askedPath", Asked.pathBefore());
        fields.put("authorization", cel(Reason.AUTHORIZATION.condition() + " ? " + Reason.unauthorizedBy() + " : ''"));
        fields.put("audit", cel(METADATA + PlainRequests.AUDIT + "']"));
        fields.put("shadow", cel(METADATA + PlainRequests.SHADOW + "']"));
        fields.put("shadowAction", cel(shadowAction()));
        fields.put("action", cel(refused() + " || !" + DECIDED + " ? 'denied' : 'allowed'"));
        fields.put("reason", cel(reason()));
        fields.putAll(identity(listener));
        return fields;
    }

    // The same fields, with what can be known beforehand: CEL costs as much as all the rest of a line.
    private static Map<String, String> plainFields(Listener listener) {
        Map<String, String> fields = fields(listener);
        fields.put("rule", PlainRequests.written(PlainRequests.RULE));
        fields.put("shadow", PlainRequests.written(PlainRequests.SHADOW));
        fields.put("shadowAction", PlainRequests.written(PlainRequests.SHADOW));
        fields.put("action", "allowed");
        fields.put("reason", cel("response.code_details == 'via_upstream' ? '' : " + reason()));
        return fields;
    }

    private static Map<String, String> identity(Listener listener) {
        if (listener.isMutual()) {
            return Map.of("identity", "%DOWNSTREAM_PEER_URI_SAN%", "serverName", "%REQUESTED_SERVER_NAME%");
        }
        Map<String, String> token = Map.of("issuer", TOKEN + "iss)%", "subject", TOKEN + "sub)%");
        if (listener.tls().isEmpty()) {
            return token;
        }
        Map<String, String> fields = new TreeMap<>(token);
        fields.put("serverName", "%REQUESTED_SERVER_NAME%");
        return fields;
    }

    // A refusal is in the details; what allowed is not.
    private static String rule() {
        String allowed = METADATA + PlainRequests.RULE + "']";
        return byRoute(Reason.ESCAPES_RULES, RouteAnswer.ESCAPES_RULES)
                + byRoute(Reason.AMBIGUOUS_PATH, RouteAnswer.AMBIGUOUS_PATH)
                + Reason.AUTHORIZATION.condition() + " || " + Reason.BODY.condition() + " ? " + allowed + " : "
                + Reason.OURS.condition() + " || "
                + Reason.RULE.condition() + " ? " + Reason.deniedBy() + " : " + allowed;
    }

    private static String byRoute(Reason reason, RouteAnswer answer) {
        return "(" + reason.condition() + ") ? '" + answer.decision() + "' : ";
    }

    // Only where a shadow rule matched is there a name.
    private static String shadowAction() {
        return isShadowed() + " ? " + METADATA + HttpAccess.SHADOWS + "shadow_engine_result'] : ''";
    }

    private static String isAudited() {
        return METADATA + PlainRequests.AUDIT + "'] != ''";
    }

    private static String isShadowed() {
        return METADATA + PlainRequests.SHADOW + "'] != ''";
    }

    private static String refused() {
        return "("
                + Arrays.stream(Reason.values())
                        .filter(Reason::isByPolicy)
                        .map(Reason::condition)
                        .collect(Collectors.joining(" || "))
                + ")";
    }

    // In two halves, for an expression may not be nested deeper than 32 times.
    private static String reason() {
        return refused() + " ? (" + first(Reason::isByPolicy) + "'') : (" + first(not(Reason::isByPolicy))
                + Reason.ANSWERED + " ? 'answered' : " + DECIDED + " ? '' : 'incomplete-request')";
    }

    private static String first(Predicate<Reason> wanted) {
        return Arrays.stream(Reason.values())
                .filter(wanted)
                .map(reason -> "(" + reason.condition() + ") ? " + reason.code() + " : ")
                .collect(Collectors.joining());
    }

    private static String cel(String expression) {
        return "%CEL(" + expression + ")%";
    }
}
