package io.sallyport.compiler.envoy;

/**
 * Why a request got no answer from its destination, as Envoy's details of the response say it (RFC 9457 problems and
 * access logs use the same codes). The first that applies holds.
 */
enum Reason {
    /** A decision that is no rule's; it has the code in its name, as the next has. */
    AMBIGUOUS(
            begins(Reason.DENIED + "[" + Decision.AMBIGUOUS_PATH.name() + "]") + " || "
                    + begins(Reason.DENIED + "[" + Decision.AMBIGUOUS_METHOD.name() + "]"),
            Reason.ownCode(),
            Kind.REFUSED,
            400,
            ""),
    BODY(
            begins("request_payload_too_large") + " || " + begins(Reason.DENIED + "[" + BodySize.REFUSAL + "]"),
            "'body-too-large'",
            Kind.REFUSED,
            413,
            "the body is larger than a policy lets through"),
    /** A decision that is no rule's; it has the code in its name. */
    OURS(begins(Reason.DENIED + "[sallyport/"), Reason.ownCode(), Kind.REFUSED, 403, ""),
    AUTHORIZATION(begins(Reason.DENIED + "[" + Authorization.DENIED), "'authorization'", Kind.REFUSED, 403, ""),
    RULE(begins(Reason.DENIED + "["), "'rule'", Kind.REFUSED, 403, ""),
    NO_TOKEN(
            begins("jwt_authn_access_denied{Jwt_is_missing"),
            "'token-required'",
            Kind.REFUSED,
            401,
            "a token is required, and there is none"),
    TOKEN(begins("jwt_authn_access_denied"), "'invalid-token'", Kind.REFUSED, 401, "the token is not accepted"),
    RATE(
            begins("local_rate_limited") + " || " + begins("request_rate_limited"),
            "'rate-limited'",
            Kind.REFUSED,
            429,
            "more has come than a policy lets through in this time"),
    NOT_AUTHORIZED(
            begins("ext_authz_denied"),
            "'external-authorization'",
            Kind.REFUSED,
            Reason.AS_ENVOY_SAYS,
            "the service that a policy asks refuses it"),
    NOT_ASKED(
            begins("ext_authz_error"),
            "'external-authorization-unavailable'",
            Kind.REFUSED,
            503,
            "the service that a policy asks for its leave does not answer"),
    NOT_COUNTED(
            begins("rate_limiter_error"),
            "'rate-limiter-unavailable'",
            Kind.REFUSED,
            503,
            "the service that counts for a policy does not answer"),
    AMBIGUOUS_PATH(
            RouteAnswer.AMBIGUOUS_PATH,
            Kind.REFUSED,
            "the path can be read in two ways; send it without escapes and dots"),
    ESCAPES_RULES(RouteAnswer.ESCAPES_RULES, Kind.REFUSED, "the route leads where the rules do not"),
    NO_ROUTE(RouteAnswer.NO_ROUTE, Kind.UNROUTED, "the host has routes, and none is for this request"),
    FAULT(
            begins("fault_filter_abort"),
            "'injected-fault'",
            Kind.FAILED,
            Reason.AS_ENVOY_SAYS,
            "the route asks for failures"),
    MALFORMED(Reason.isUnreadable(), "'malformed-request'", Kind.UNREAD, Reason.AS_ENVOY_SAYS, "this is no request"),
    INCOMPLETE(
            begins("request_header_timeout"),
            "'incomplete-request'",
            Kind.UNREAD,
            Reason.AS_ENVOY_SAYS,
            "the request took too long to be whole"),
    UPGRADE(
            begins("upgrade_failed"),
            "'upgrade-refused'",
            Kind.UNREAD,
            Reason.AS_ENVOY_SAYS,
            "a connection is upgraded to WebSocket alone"),
    ADDRESS(
            has("address_denied"),
            "'address-policy'",
            Kind.REFUSED,
            403,
            "the host leads to addresses that the gateway does not connect to"),
    CREDENTIAL(
            begins("failed_to_inject_credential"),
            "'credential-missing'",
            Kind.FAILED,
            503,
            "the credential that is to go with the request has not reached the gateway"),
    NAME(
            has("dns_resolution_failure") + " || " + Reason.hasNoAddress(),
            "'upstream-dns'",
            Kind.FAILED,
            503,
            "the host could not be resolved"),
    TLS(has("TLS_error"), "'upstream-tls'", Kind.FAILED, 502, "%CEL(" + TlsFailure.inWords() + ")%"),
    TIMEOUT(
            has("response_timeout") + " || " + has("per_try_timeout") + " || " + has("connection_timeout"),
            "'upstream-timeout'",
            Kind.FAILED,
            504,
            "the upstream took too long"),
    CONNECTION(
            has("remote_connection_failure") + " || " + has("local_connection_failure"),
            "'upstream-connect'",
            Kind.FAILED,
            503,
            "the upstream could not be connected to"),
    OVERLOAD(
            has("overflow"),
            "'upstream-overload'",
            Kind.FAILED,
            503,
            "as much is on its way to the upstream as may be"),
    UNAVAILABLE(
            has("no_healthy_upstream") + " || " + has("cluster_not_found"),
            "'upstream-unavailable'",
            Kind.FAILED,
            503,
            "no endpoint of the upstream can be used"),
    RESET(
            begins("upstream_reset") + " || " + begins("protocol_error"),
            "'upstream-reset'",
            Kind.FAILED,
            502,
            "the upstream ended the exchange"),
    IDLE(has("idle_timeout"), "'idle-timeout'", Kind.FAILED, 504, "nothing was sent for too long"),
    DURATION(has("max_duration_timeout"), "'max-flow-duration'", Kind.FAILED, 504, "the request took too long");

    /** Not a status: it stays what it is. */
    static final int AS_ENVOY_SAYS = 0;

    /** Whether a route answered by itself: an expression in CEL. */
    static final String ANSWERED = "response.code_details == 'direct_response'";

    private static final String DENIED = "rbac_access_denied_matched_policy";

    private final String condition;
    private final String code;
    private final Kind kind;
    private final int status;
    private final String detail;

    /** Whether policy would not, the gateway could not read what came, no route was for it, or it got no answer. */
    enum Kind {
        REFUSED,
        UNREAD,
        UNROUTED,
        FAILED
    }

    Reason(String condition, String code, Kind kind, int status, String detail) {
        this.condition = condition;
        this.code = code;
        this.kind = kind;
        this.status = status;
        this.detail = detail;
    }

    Reason(RouteAnswer answer, Kind kind, String detail) {
        this(answer.condition(), "'" + answer.code() + "'", kind, answer.status(), detail);
    }

    /** Whether it applies: an expression in CEL. */
    String condition() {
        return condition;
    }

    /** Its code: an expression in CEL. */
    String code() {
        return code;
    }

    boolean isByPolicy() {
        return kind == Kind.REFUSED;
    }

    /** Whether nothing was the matter with the destination. */
    boolean isRefusal() {
        return kind != Kind.FAILED;
    }

    int status() {
        return status;
    }

    String detail() {
        return detail;
    }

    /** The name of what refused, where it was an access control filter. */
    static String deniedBy() {
        // The two dots stand for brackets: the metadata that has the name is not written yet when the reply is.
        return extracted(DENIED + ".(.*).$");
    }

    /** The name of the policy that refused. */
    static String unauthorizedBy() {
        return extracted(DENIED + "." + Authorization.DENIED + "(.*).$");
    }

    /** Whether no rule decided on a known destination: an expression in CEL. */
    static String byDefault() {
        return begins(DENIED + "[" + Decision.DEFAULT_DENY.name());
    }

    /** Whether a rule decided: an expression in CEL. */
    static String byRule() {
        return RULE.condition + " && !" + OURS.condition + " && !" + AUTHORIZATION.condition;
    }

    // Envoy's codecs name what they stumble over; an end that the client chose is not that.
    private static String isUnreadable() {
        return begins("http1.") + " || (" + begins("http2.") + " && !" + begins("http2.remote_re") + ") || "
                + begins("missing_host_header") + " || " + begins("low_version") + " || "
                + begins("absolute_path_rejected") + " || " + begins("invalid_path");
    }

    // Of a cluster that has no endpoints but the addresses of names, and never sets one of them aside.
    private static String hasNoAddress() {
        return "(" + has("no_healthy_upstream") + " && '" + ClusterSettings.NAMED
                + "' in xds.cluster_metadata.filter_metadata)";
    }

    private static String ownCode() {
        return extracted(DENIED + ".sallyport/(.*).$");
    }

    static String extracted(String pattern) {
        return "re.extract(response.code_details, '" + pattern + "', '\\\\1')";
    }

    private static String begins(String text) {
        return "response.code_details.startsWith('" + text + "')";
    }

    static String has(String text) {
        return "response.code_details.contains('" + text + "')";
    }
}
