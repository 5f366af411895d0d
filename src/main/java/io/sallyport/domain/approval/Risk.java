package io.sallyport.domain.approval;

import io.sallyport.domain.decision.FlowChange;
import java.util.List;

/**
 * Something that a change does, for which it needs approval.
 *
 * @param message in words, a sentence without its end
 * @param flows some that open by it, as far as it is a matter of flows
 * @param moreHosts how many hosts it is about besides that of a flow
 */
public record Risk(RiskType type, String message, List<FlowChange> flows, long moreHosts) {
    public Risk {
        flows = List.copyOf(flows);
    }

    /** What is no matter of flows. */
    public static Risk of(RiskType type, String message) {
        return new Risk(type, message, List.of(), 0);
    }

    /** That hosts can be reached. */
    public static Risk ofHosts(RiskType type, List<FlowChange> flows, long moreHosts) {
        return new Risk(type, reached(type, flows.getFirst(), moreHosts), flows, moreHosts);
    }

    /** The same by those of its flows that somebody may read. */
    public Risk by(List<FlowChange> readable) {
        if (flows.isEmpty() || type == RiskType.WORKLOADS_AFFECTED) {
            return new Risk(type, message, readable, moreHosts);
        }
        return readable.isEmpty()
                ? new Risk(type, "a flow opens that you may not read", List.of(), moreHosts)
                : ofHosts(type, readable, moreHosts);
    }

    private static String reached(RiskType type, FlowChange flow, long moreHosts) {
        return "%s%s at port %s can be reached through gateway %s, at its listener '%s'%s"
                .formatted(
                        type == RiskType.WILDCARD_HOST ? "all hosts of " : "host ",
                        flow.host(),
                        flow.port(),
                        flow.gateway(),
                        flow.listener(),
                        moreHosts > 0 ? ", and %d more hosts".formatted(moreHosts) : "");
    }
}
