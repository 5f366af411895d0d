package io.sallyport.compiler.envoy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ExtensionFilter;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper;

/** Refusals as problems (RFC 9457) that name the rule. */
final class LocalReplies {
    private static final String PREFIX = "rbac_access_denied_matched_policy";
    private static final String REFUSED = "response.code_details.startsWith('" + PREFIX + "[')";

    // The two dots stand for brackets: the metadata that has the name is not written yet when the reply is.
    private static final String RULE = "%CEL(re.extract(response.code_details, '" + PREFIX + ".(.*).$', '\\\\1'))%";

    private LocalReplies() {}

    static LocalReplyConfig namingTheRule() {
        return LocalReplyConfig.newBuilder()
                .addMappers(ResponseMapper.newBuilder().setFilter(refusals()).setBodyFormatOverride(problem()))
                .build();
    }

    private static AccessLogFilter refusals() {
        var expression = ExpressionFilter.newBuilder().setExpression(REFUSED).build();
        return AccessLogFilter.newBuilder()
                .setExtensionFilter(ExtensionFilter.newBuilder()
                        .setName("envoy.access_loggers.extension_filters.cel")
                        .setTypedConfig(Encoding.any(expression)))
                .build();
    }

    private static SubstitutionFormatString problem() {
        return SubstitutionFormatString.newBuilder()
                .setContentType("application/problem+json")
                .setJsonFormat(Struct.newBuilder()
                        .putFields("type", text("https://sallyport.io/problems/egress-refused"))
                        .putFields("title", text("Egress refused"))
                        .putFields(
                                "status", Value.newBuilder().setNumberValue(403).build())
                        .putFields("detail", text("refused by " + RULE))
                        .putFields("rule", text(RULE)))
                .build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
