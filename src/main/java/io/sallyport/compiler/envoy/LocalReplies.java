package io.sallyport.compiler.envoy;

import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper;
import io.sallyport.domain.gateway.Conduct.RefusalDetail;
import io.sallyport.domain.gateway.Listener.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a client hears where its destination said nothing: a problem (RFC 9457) with the reason's code. */
final class LocalReplies {
    private static final String PROBLEMS = "https://sallyport.io/problems/";
    private static final String WRONG_TOKEN = "%CEL(" + Reason.extracted("jwt_authn_access_denied.(.*).$") + ")%";
    private static final String DENIED_BY = "%CEL(" + Reason.deniedBy() + ")%";
    private static final String UNAUTHORIZED_BY = "%CEL(" + Reason.unauthorizedBy() + ")%";
    private static final String TOKEN_MISSING =
            "'" + Headers.ASKS_FOR_TOKEN + "' in request.headers && !('" + Headers.ISSUER + "' in request.headers)";
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final boolean isProxy;
    private final boolean namesRules;

    private LocalReplies(HttpSkeleton skeleton) {
        isProxy = skeleton.listener().protocol() == Protocol.CONNECT;
        namesRules = skeleton.conduct().refusalDetail() == RefusalDetail.NAME;
    }

    static LocalReplyConfig of(HttpSkeleton skeleton) {
        var replies = new LocalReplies(skeleton);
        return LocalReplyConfig.newBuilder()
                .addAllMappers(replies.askingForTokens())
                .addAllMappers(
                        Arrays.stream(Reason.values()).map(replies::mapper).toList())
                .build();
    }

    // Nobody proves an identity to a proxy before being asked, and rules may allow more to who does.
    private List<ResponseMapper> askingForTokens() {
        return isProxy
                ? List.of(
                        asking(Reason.OURS, Reason.byDefault()),
                        asking(Reason.RULE, Reason.byRule()),
                        asking(Reason.AUTHORIZATION, Reason.AUTHORIZATION.condition()))
                : List.of();
    }

    private ResponseMapper asking(Reason reason, String condition) {
        return mapper(reason, "(" + condition + ") && " + TOKEN_MISSING, PROXY_AUTHENTICATION_REQUIRED)
                .addHeadersToAdd(challenge("realm=\"egress\""))
                .build();
    }

    private ResponseMapper mapper(Reason reason) {
        int status = status(reason);
        ResponseMapper.Builder mapper = mapper(reason, reason.condition(), status);
        if (status == PROXY_AUTHENTICATION_REQUIRED) {
            mapper.addHeadersToAdd(
                    challenge(reason == Reason.NO_TOKEN ? "realm=\"egress\"" : "error=\"invalid_token\""));
        }
        return mapper.build();
    }

    private ResponseMapper.Builder mapper(Reason reason, String condition, int status) {
        ResponseMapper.Builder mapper = ResponseMapper.newBuilder()
                .setFilter(AccessLogs.where(condition))
                .setBodyFormatOverride(SubstitutionFormatString.newBuilder()
                        .setContentType("application/problem+json")
                        .setJsonFormat(problem(reason, status)));
        return status == Reason.AS_ENVOY_SAYS ? mapper : mapper.setStatusCode(UInt32Value.of(status));
    }

    private static HeaderValueOption challenge(String parameter) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey("proxy-authenticate").setValue("Bearer " + parameter))
                .build();
    }

    private int status(Reason reason) {
        boolean isOfTokens = reason == Reason.TOKEN || reason == Reason.NO_TOKEN;
        return isOfTokens && isProxy ? PROXY_AUTHENTICATION_REQUIRED : reason.status();
    }

    private Struct problem(Reason reason, int status) {
        Struct.Builder problem = Struct.newBuilder()
                .putFields("type", text(PROBLEMS + (reason.isRefusal() ? "egress-refused" : "upstream-failed")))
                .putFields("title", text(reason.isRefusal() ? "Egress refused" : "Upstream failed"))
                .putFields("status", number(status))
                .putFields("detail", text(detail(reason)))
                .putFields("code", text("%CEL(" + reason.code() + ")%"));
        if (namesRules && isOfARule(reason)) {
            problem.putFields("rule", text(DENIED_BY));
        }
        if (namesRules) {
            refusedByRoute(reason).ifPresent(answer -> problem.putFields("rule", text(answer.decision())));
        }
        if (namesRules && reason == Reason.AUTHORIZATION) {
            problem.putFields("authorization", text(UNAUTHORIZED_BY));
        }
        return problem.build();
    }

    private static Optional<RouteAnswer> refusedByRoute(Reason reason) {
        return switch (reason) {
            case ESCAPES_RULES -> Optional.of(RouteAnswer.ESCAPES_RULES);
            case AMBIGUOUS_PATH -> Optional.of(RouteAnswer.AMBIGUOUS_PATH);
            default -> Optional.empty();
        };
    }

    private String detail(Reason reason) {
        if (isOfARule(reason)) {
            return namesRules ? "refused by " + DENIED_BY : "refused by policy";
        }
        if (reason == Reason.AUTHORIZATION) {
            return namesRules ? "refused by " + UNAUTHORIZED_BY : "refused by policy";
        }
        return reason == Reason.TOKEN && namesRules ? reason.detail() + ": " + WRONG_TOKEN : reason.detail();
    }

    private static Value number(int status) {
        return status == Reason.AS_ENVOY_SAYS
                ? text("%RESPONSE_CODE%")
                : Value.newBuilder().setNumberValue(status).build();
    }

    private static boolean isOfARule(Reason reason) {
        return reason == Reason.AMBIGUOUS || reason == Reason.OURS || reason == Reason.RULE;
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
