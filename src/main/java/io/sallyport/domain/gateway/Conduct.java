package io.sallyport.domain.gateway;

import java.util.List;

/**
 * How a gateway conducts itself beyond its rules.
 *
 * @param onRevoke what becomes of open flows whose grant is gone
 * @param onControlPlaneLoss what it does while nobody tells it that its policy still holds
 * @param refusalDetail what the caller of a refused request is told
 * @param accessLog which decisions are logged
 * @param upstreamProxy a forward proxy that all traffic leaves through; at most one
 */
public record Conduct(
        OnRevoke onRevoke,
        ControlPlaneLoss onControlPlaneLoss,
        RefusalDetail refusalDetail,
        AccessLog accessLog,
        Limits limits,
        List<UpstreamProxy> upstreamProxy) {
    public static final Conduct DEFAULT = new Conduct(
            OnRevoke.NEW_FLOWS,
            new ControlPlaneLoss.Keep(),
            RefusalDetail.NAME,
            AccessLog.ALL,
            Limits.DEFAULT,
            List.of());

    public Conduct {
        upstreamProxy = List.copyOf(upstreamProxy);
        if (upstreamProxy.size() > 1) {
            throw new IllegalArgumentException("a gateway has at most one upstreamProxy");
        }
    }

    /** What a revocation does to flows that are open. */
    public enum OnRevoke {
        /** They go on; new requests and connections are refused at once. */
        NEW_FLOWS,
        /** They end within two seconds, those of the revoked grant alone. */
        CUT
    }

    /** How much a refusal tells. */
    public enum RefusalDetail {
        /** The rule, or the default, that decided, and a code. */
        NAME,
        /** A code alone. */
        CODE
    }

    /** Which decisions are logged. */
    public enum AccessLog {
        ALL,
        /** Those that refuse. */
        REFUSED
    }
}
