package io.sallyport.push.accesslog;

import io.envoyproxy.envoy.data.accesslog.v3.AccessLogCommon;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.sallyport.agents.DecisionLog;
import io.sallyport.agents.Ledger;
import io.sallyport.compiler.envoy.Probe;
import io.sallyport.compiler.envoy.Report;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.push.Allowance;
import java.time.Instant;
import java.util.Map;

/** Reads what one stream brings: proofs, counts and denials. Used by the thread of its stream alone. */
final class Reports {
    // A flood of denials is counted, and a part of it kept.
    private static final int KEPT_PER_SECOND = 50;

    private final Ledger ledger;
    private final DecisionLog decisions;
    private final Allowance allowance = new Allowance(KEPT_PER_SECOND, 4 * KEPT_PER_SECOND);

    Reports(Ledger ledger, DecisionLog decisions) {
        this.ledger = ledger;
        this.decisions = decisions;
    }

    void read(AgentName agent, StreamAccessLogsMessage message) {
        switch (message.getLogEntriesCase()) {
            case HTTP_LOGS ->
                message.getHttpLogs().getLogEntryList().forEach(entry -> read(agent, entry.getCommonProperties()));
            case TCP_LOGS ->
                message.getTcpLogs().getLogEntryList().forEach(entry -> read(agent, entry.getCommonProperties()));
            case LOGENTRIES_NOT_SET -> {}
        }
    }

    private void read(AgentName agent, AccessLogCommon entry) {
        Map<String, String> tags = entry.getCustomTagsMap();
        ReportedDecision decision = new ReportedDecision(agent, tags);
        String fingerprint = decision.text(Report.FINGERPRINT);
        if (!fingerprint.isEmpty()) {
            ledger.proven(agent, decision.text(Report.LISTENER), fingerprint);
        }
        if (isProbe(decision)) {
            return;
        }
        decisions.count(decision.counted());
        if (!decision.isAllowed()) {
            keep(decision, entry);
        }
    }

    private void keep(ReportedDecision decision, AccessLogCommon entry) {
        if (allowance.take(System.nanoTime())) {
            var start = entry.getStartTime();
            decisions.keep(decision.denial(Instant.ofEpochSecond(start.getSeconds(), start.getNanos())));
        } else {
            decisions.notKept();
        }
    }

    private static boolean isProbe(ReportedDecision decision) {
        return decision.text(Report.RULE).equals(Probe.HOST)
                || decision.text(Report.HOST).equals(Probe.HOST)
                || decision.text(Report.SERVER_NAME).equals(Probe.HOST);
    }
}
