package io.sallyport.push.agent;

import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Name;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.push.agent.v1.AgentProtocol;
import java.util.List;

/** The rules about one host and port, in the order in which they are tried. */
final class RulesResource {
    private RulesResource() {}

    static AgentProtocol.Resource of(Name listener, HostPattern host, PortEntry port) {
        return AgentProtocol.Resource.newBuilder()
                .setName("rules/%s/%s:%s".formatted(listener, host, port.number()))
                .setRules(AgentProtocol.Rules.newBuilder()
                        .setListener(listener.value())
                        .setHost(host.value())
                        .setPort(port.number().value())
                        .addAllRules(rules(port.rules()))
                        .addAllShadows(rules(port.shadows())))
                .build();
    }

    private static List<AgentProtocol.Rule> rules(List<CompiledRule> rules) {
        return rules.stream().map(RulesResource::rule).toList();
    }

    private static AgentProtocol.Rule rule(CompiledRule rule) {
        AgentProtocol.Rule.Builder builder = AgentProtocol.Rule.newBuilder()
                .setName(rule.name().toString())
                .setAction(action(rule.action()))
                .addAllSources(rule.sources());
        if (rule.validity().hasStart()) {
            builder.setNotBefore(Times.of(rule.validity().notBefore()));
        }
        if (rule.validity().hasEnd()) {
            builder.setExpiresAt(Times.of(rule.validity().expiresAt()));
        }
        return builder.build();
    }

    private static AgentProtocol.Action action(EgressRule.Action action) {
        return switch (action) {
            case DENY -> AgentProtocol.Action.ACTION_DENY;
            case ALLOW -> AgentProtocol.Action.ACTION_ALLOW;
        };
    }
}
