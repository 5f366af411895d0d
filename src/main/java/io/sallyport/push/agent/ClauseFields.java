package io.sallyport.push.agent;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.AuthorizationRule.Claim;
import io.sallyport.domain.snapshot.AuthorizationClause;
import io.sallyport.push.agent.v1.AgentProtocol.Policy;

/** A rule of authorization. */
final class ClauseFields {
    private ClauseFields() {}

    static Policy.Clause of(AuthorizationClause clause) {
        AuthorizationRule rule = clause.rule();
        Policy.Clause.Builder body = Policy.Clause.newBuilder()
                .setName(clause.name())
                .setAction(action(rule.action()))
                .addAllSources(clause.sources())
                .addAllClaims(
                        rule.from().claims().stream().map(ClauseFields::claim).toList())
                .addAllHosts(rule.to().hosts().stream().map(HostPattern::value).toList())
                .addAllPorts(rule.to().ports().stream().map(PortNumber::value).toList())
                .addAllMethods(rule.to().methods())
                .addAllPaths(rule.to().paths());
        rule.when().forEach(body::setWhen);
        return body.build();
    }

    private static Policy.Clause.Action action(AuthorizationRule.Action action) {
        return switch (action) {
            case ALLOW -> Policy.Clause.Action.ACTION_ALLOW;
            case DENY -> Policy.Clause.Action.ACTION_DENY;
            case AUDIT -> Policy.Clause.Action.ACTION_AUDIT;
        };
    }

    private static Policy.Claim claim(Claim claim) {
        return Policy.Claim.newBuilder()
                .addAllPath(claim.path())
                .addAllValues(claim.values())
                .build();
    }
}
