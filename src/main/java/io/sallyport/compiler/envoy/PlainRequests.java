package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.AndFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ComparisonFilter;
import io.envoyproxy.envoy.config.accesslog.v3.HeaderFilter;
import io.envoyproxy.envoy.config.accesslog.v3.MetadataFilter;
import io.envoyproxy.envoy.config.accesslog.v3.OrFilter;
import io.envoyproxy.envoy.config.accesslog.v3.StatusCodeFilter;
import io.envoyproxy.envoy.config.core.v3.RuntimeUInt32;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;

/**
 * Requests that the rules let through, that were answered without an error, and that neither a shadow rule nor an audit
 * speaks of, other than calls of gRPC: nearly all.
 * They are told from the others without CEL, so that little is spent on what there is little to say about. Every request is
 * either plain or not.
 */
final class PlainRequests {
    static final String DECISION = HttpAccess.STATISTICS + "enforced_engine_result";
    static final String RULE = HttpAccess.STATISTICS + "enforced_effective_policy_id";
    static final String SHADOW = HttpAccess.SHADOWS + "shadow_effective_policy_id";
    static final String AUDIT = Authorization.AUDITS + "shadow_effective_policy_id";

    private static final String ACCESS = "envoy.filters.http.rbac";
    private static final int FIRST_STATUS = 100;
    private static final int FIRST_ERROR = 400;
    private static final ValueMatcher ANYTHING =
            ValueMatcher.newBuilder().setPresentMatch(true).build();
    private static final ValueMatcher NOTHING = ValueMatcher.newBuilder()
            .setNullMatch(ValueMatcher.NullMatch.getDefaultInstance())
            .build();

    private PlainRequests() {}

    static AccessLogFilter plain() {
        return AccessLogFilter.newBuilder()
                .setAndFilter(AndFilter.newBuilder()
                        .addFilters(status(ComparisonFilter.Op.LE, FIRST_ERROR - 1))
                        .addFilters(status(ComparisonFilter.Op.GE, FIRST_STATUS))
                        .addFilters(metadata(DECISION, exactly("allowed"), false))
                        .addFilters(metadata(SHADOW, NOTHING, true))
                        .addFilters(metadata(AUDIT, NOTHING, true))
                        .addFilters(calls(true)))
                .build();
    }

    static AccessLogFilter others() {
        return AccessLogFilter.newBuilder()
                .setOrFilter(OrFilter.newBuilder()
                        .addFilters(status(ComparisonFilter.Op.GE, FIRST_ERROR))
                        .addFilters(status(ComparisonFilter.Op.LE, FIRST_STATUS - 1))
                        .addFilters(metadata(DECISION, exactly("denied"), true))
                        .addFilters(metadata(SHADOW, ANYTHING, false))
                        .addFilters(metadata(AUDIT, ANYTHING, false))
                        .addFilters(calls(false)))
                .build();
    }

    /** A format that says what access control wrote down. */
    static String written(String key) {
        return "%DYNAMIC_METADATA(" + ACCESS + ":" + key + ")%";
    }

    // A request that never had an answer has the status 0.
    private static AccessLogFilter status(ComparisonFilter.Op comparison, int status) {
        return AccessLogFilter.newBuilder()
                .setStatusCodeFilter(StatusCodeFilter.newBuilder()
                        .setComparison(ComparisonFilter.newBuilder()
                                .setOp(comparison)
                                .setValue(RuntimeUInt32.newBuilder()
                                        .setDefaultValue(status)
                                        .setRuntimeKey("sallyport.never_set"))))
                .build();
    }

    // Calls of gRPC are answered 200 whatever becomes of them.
    private static AccessLogFilter calls(boolean isInverted) {
        return AccessLogFilter.newBuilder()
                .setHeaderFilter(HeaderFilter.newBuilder()
                        .setHeader(HeaderMatcher.newBuilder()
                                .setName("content-type")
                                .setStringMatch(StringMatcher.newBuilder().setPrefix("application/grpc"))
                                .setInvertMatch(isInverted)
                                .setTreatMissingHeaderAsEmpty(true)))
                .build();
    }

    private static AccessLogFilter metadata(String key, ValueMatcher value, boolean matchesWithout) {
        return AccessLogFilter.newBuilder()
                .setMetadataFilter(MetadataFilter.newBuilder()
                        .setMatcher(MetadataMatcher.newBuilder()
                                .setFilter(ACCESS)
                                .addPath(
                                        MetadataMatcher.PathSegment.newBuilder().setKey(key))
                                .setValue(value))
                        .setMatchIfKeyNotFound(BoolValue.of(matchesWithout)))
                .build();
    }

    private static ValueMatcher exactly(String text) {
        return ValueMatcher.newBuilder()
                .setStringMatch(StringMatcher.newBuilder().setExact(text))
                .build();
    }
}
