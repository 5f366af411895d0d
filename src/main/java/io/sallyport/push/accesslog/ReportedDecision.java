package io.sallyport.push.accesslog;

import io.sallyport.agents.DecisionLog.Decided;
import io.sallyport.compiler.envoy.Report;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.Denial;
import java.time.Instant;
import java.util.Map;

/** One entry, by the tags that it carries. What Envoy has no value for it writes as a dash. */
record ReportedDecision(AgentName agent, Map<String, String> tags) {
    private static final String NOTHING = "-";

    String text(String tag) {
        String value = tags.getOrDefault(tag, "");
        return value.equals(NOTHING) ? "" : value;
    }

    boolean isAllowed() {
        return text(Report.ACTION).equals("allowed");
    }

    Decided counted() {
        return new Decided(agent.gateway(), text(Report.RULE), isAllowed(), text(Report.REASON));
    }

    Denial denial(Instant at) {
        return new Denial(
                at,
                agent,
                text(Report.LISTENER),
                new Denial.Asked(text(Report.SOURCE), identity(), host(), text(Report.METHOD), text(Report.PATH)),
                new Denial.Refusal(text(Report.RULE), text(Report.REASON), text(Report.AUTHORIZATION), status()));
    }

    private String identity() {
        String certificate = text(Report.IDENTITY);
        boolean hasToken = !text(Report.ISSUER).isEmpty();
        return certificate.isEmpty() && hasToken ? text(Report.ISSUER) + "/" + text(Report.SUBJECT) : certificate;
    }

    private String host() {
        return text(Report.HOST).isEmpty() ? text(Report.SERVER_NAME) : text(Report.HOST);
    }

    private int status() {
        String status = text(Report.STATUS);
        return status.matches("\\d{1,3}") ? Integer.parseInt(status) : 0;
    }
}
