package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of JSON for each connection of a TLS or TCP listener, those included that never got as far as a decision: no
 * TLS, no header of the PROXY protocol.
 */
final class ConnectionLogs {
    private static final String METADATA = "metadata.filter_metadata['envoy.filters.network.rbac']";

    private static final String DECIDED_TLS = "('envoy.filters.network.rbac' in metadata.filter_metadata)";
    private static final String DECIDED_TCP = "('" + TcpRuleTable.DECISION.action() + "' in filter_state)";
    /** Whether it ended before it was known what it is. */
    static final String NO_CHAIN = "xds.filter_chain_name == ''";

    // Bits of Envoy's CoreResponseFlag.
    private static final int NO_HEALTHY_UPSTREAM = 0x2;
    private static final int CONNECTION_FAILURE = 0x20;
    private static final int OVERFLOW = 0x80;
    private static final String HANDSHAKE = "handshake";
    private static final String OURS = "sallyport/";
    private static final Decision ESCAPES_RULES = new Decision(RouteAnswer.ESCAPES_RULES.decision(), RBAC.Action.DENY);
    private static final String UNAUTHORIZED = ShadowNames.SEPARATOR + Authorization.DENIED;

    private ConnectionLogs() {}

    /** The line, and the report. */
    static List<AccessLog> of(ConnectionSkeleton skeleton, String fingerprint) {
        return List.of(line(skeleton), Report.ofConnections(skeleton.name(), fingerprint, fields(skeleton)));
    }

    private static AccessLog line(ConnectionSkeleton skeleton) {
        AccessLog log = AccessLogs.log(skeleton.name(), fields(skeleton));
        String ofOthers = "!(" + Probe.isConnection(skeleton.listener()) + ")";
        return switch (skeleton.conduct().accessLog()) {
            case ALL -> where(log, ofOthers);
            case REFUSED ->
                where(
                        log,
                        ofOthers + " && (!" + wentOn(skeleton.listener()) + " || " + isShadowed(skeleton) + " || "
                                + isAudited(skeleton.listener()) + ")");
        };
    }

    private static AccessLog where(AccessLog log, String expression) {
        return log.toBuilder().setFilter(AccessLogs.where(expression)).build();
    }

    // Whoever counts what a rule would refuse needs what was allowed.
    private static String isShadowed(ConnectionSkeleton skeleton) {
        return isTls(skeleton.listener())
                ? shadow("effective_policy_id") + " != ''"
                : "'" + TcpRuleTable.SHADOW.rule() + "' in filter_state";
    }

    private static Map<String, String> fields(ConnectionSkeleton skeleton) {
        Listener listener = skeleton.listener();
        Map<String, String> fields = new TreeMap<>(Map.of(
                "protocol", listener.protocol().name(),
                "source", "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
                "sourcePort", "%DOWNSTREAM_REMOTE_PORT%",
                "details", "%CONNECTION_TERMINATION_DETAILS%",
                "failure", "%DOWNSTREAM_TRANSPORT_FAILURE_REASON%"));
        fields.put("owner", written(SniTable.HOST));
        if (listener.acceptsProxyProtocol()) {
            fields.put("peer", "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%");
        }
        fields.put("action", CelText.format(wentOn(listener) + " ? 'allowed' : 'denied'"));
        fields.put("reason", CelText.format(reason(skeleton)));
        fields.putAll(isTls(listener) ? ofTls(listener) : ofTcp());
        return fields;
    }

    // What was not allowed by rules is not looked at.
    private static String isAudited(Listener listener) {
        String isWritten = "'" + ConnectionAuthorization.AUDIT + "' in filter_state";
        return isTls(listener)
                ? "(" + isWritten + " && (" + wentOn(listener) + " || " + isUnauthorized() + "))"
                : isWritten;
    }

    private static Map<String, String> ofTls(Listener listener) {
        return Map.of(
                "host", "%REQUESTED_SERVER_NAME%",
                "rule", CelText.format(isUnauthorized() + " ? " + before() + " : " + decided("effective_policy_id")),
                "authorization", CelText.where(isUnauthorized(), behind()),
                "audit",
                        CelText.format(isAudited(listener) + " ? " + CelText.written(ConnectionAuthorization.AUDIT)
                                + " : b''"),
                "shadow", CelText.format(shadow("effective_policy_id")),
                "shadowAction",
                        CelText.format(
                                shadow("effective_policy_id") + " != '' ? " + shadow("engine_result") + " : ''"));
    }

    private static Map<String, String> ofTcp() {
        return Map.of(
                "host", "%DOWNSTREAM_LOCAL_ADDRESS%",
                "rule", written(TcpRuleTable.DECISION.rule()),
                "authorization", written(TcpRuleTable.AUTHORIZATION.refusal()),
                "audit", written(ConnectionAuthorization.AUDIT),
                "shadow", written(TcpRuleTable.SHADOW.rule()),
                "shadowAction", written(TcpRuleTable.SHADOW.action()));
    }

    // What was never decided has been cut off for what it was: no TLS, or no header of the PROXY protocol.
    private static String wentOn(Listener listener) {
        return isTls(listener)
                ? "(" + DECIDED_TLS + " && " + decided("engine_result") + " == 'allowed')"
                : "(" + DECIDED_TCP + " && " + TcpRuleTable.DECISION.isAllowed() + ")";
    }

    private static String reason(ConnectionSkeleton skeleton) {
        Listener listener = skeleton.listener();
        String decided = isTls(listener) ? DECIDED_TLS : DECIDED_TCP;
        return "!" + decided + " ? (" + aboveBound(skeleton.conduct(), "true") + " ? 'connection-limit' : '" + HANDSHAKE
                + "') : " + wentOn(listener) + " ? " + failure() + " : " + refusal(listener);
    }

    /** Why what was allowed came to nothing, as Envoy flags it; empty where it did not. */
    static String failure() {
        return "(" + isFlagged(NO_HEALTHY_UPSTREAM) + " ? 'upstream-unavailable' : " + isFlagged(CONNECTION_FAILURE)
                + " ? 'upstream-connect' : " + isFlagged(OVERFLOW) + " ? 'upstream-overload' : '')";
    }

    private static String isFlagged(int flag) {
        return "response.flags / " + flag + " % 2 == 1";
    }

    private static String refusal(Listener listener) {
        return isTls(listener)
                ? isUnauthorized() + " ? 'authorization' : " + decided("effective_policy_id") + ".startsWith('" + OURS
                        + "') ? re.extract(" + decided("effective_policy_id") + ", '" + OURS
                        + "(.*)', '\\\\1') : 'rule'"
                : "'" + TcpRuleTable.AUTHORIZATION.refusal() + "' in filter_state ? 'authorization' : "
                        + reasonIf(Decision.DEFAULT_DENY) + reasonIf(Decision.UNKNOWN_DESTINATION)
                        + reasonIf(Decision.ADDRESS_POLICY) + reasonIf(Decision.UNENFORCEABLE) + reasonIf(ESCAPES_RULES)
                        + "'rule'";
    }

    /** Whether a connection to a listener of HTTP was closed because there were too many. */
    static String aboveBound(Conduct conduct) {
        return aboveBound(conduct, "!('" + ConnectionFilters.ADMITTED + "' in filter_state)");
    }

    // The bound is the first filter of every chain.
    private static String aboveBound(Conduct conduct, String unseen) {
        return conduct.limits().maxConnections().isEmpty() ? "false" : "(!(" + NO_CHAIN + ") && " + unseen + ")";
    }

    private static String reasonIf(Decision decision) {
        return CelText.is(TcpRuleTable.DECISION.rule(), decision.name()) + " ? "
                + CelText.text(decision.name().substring(OURS.length())) + " : ";
    }

    // Who refused what had been allowed is behind who allowed it.
    private static String isUnauthorized() {
        return "(" + DECIDED_TLS + " && " + decided("effective_policy_id") + ".contains('" + UNAUTHORIZED + "'))";
    }

    private static String before() {
        return "re.extract(" + decided("effective_policy_id") + ", '(.*)" + UNAUTHORIZED + ".*', '\\\\1')";
    }

    private static String behind() {
        return "re.extract(" + decided("effective_policy_id") + ", '.*" + UNAUTHORIZED + "(.*)', '\\\\1')";
    }

    private static String decided(String what) {
        return METADATA + "['" + TlsRuleTable.STATISTICS + "shadow_" + what + "']";
    }

    private static String shadow(String what) {
        return METADATA + "['" + TlsRuleTable.SHADOW_STATISTICS + "shadow_" + what + "']";
    }

    private static boolean isTls(Listener listener) {
        return listener.protocol() == Listener.Protocol.TLS;
    }

    private static String written(String key) {
        return "%FILTER_STATE(" + key + ":PLAIN)%";
    }
}
