package io.sallyport.boot;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.agents.DecisionLog;
import io.sallyport.agents.DecisionLog.Decided;
import io.sallyport.push.xds.StreamCounts;
import io.sallyport.push.xds.StreamLimit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** What agents told this replica: decisions by gateway, rule, action and reason, as many as the log tells apart. */
@Singleton
final class AgentMeters {
    private final MeterRegistry meters;
    private final StreamCounts streams;

    @Inject
    AgentMeters(MeterRegistry meters, StreamCounts streams) {
        this.meters = meters;
        this.streams = streams;
    }

    void watch(AgentRegistry agents, DecisionLog decisions) {
        decisions.watch(this::count);
        watchStreams();
        FunctionCounter.builder("sallyport.denials.not.kept", decisions, DecisionLog::countNotKept)
                .description("Denials that were counted and not kept, because too many came")
                .register(meters);
        Gauge.builder("sallyport.agents", agents, known -> known.all().size())
                .description("Agents whose streams are with this replica")
                .register(meters);
    }

    private void watchStreams() {
        Gauge.builder("sallyport.xds.streams", streams, StreamCounts::streams)
                .description("xDS streams that are open")
                .register(meters);
        for (StreamLimit limit : StreamLimit.values()) {
            FunctionCounter.builder("sallyport.xds.limited", streams, counts -> counts.limited(limit))
                    .description("How often an xDS client came upon a bound of sallyport.xds")
                    .tag("limit", limit.key())
                    .register(meters);
        }
    }

    private void count(Decided decision, LongAdder count) {
        FunctionCounter.builder("sallyport.decisions", count, LongAdder::sum)
                .description("Decisions of gateways, as their agents told this replica")
                .tag("gateway", decision.gateway().toString())
                .tag("rule", decision.rule())
                .tag("action", decision.isAllowed() ? "allowed" : "denied")
                .tag("reason", decision.reason())
                .register(meters);
    }
}
