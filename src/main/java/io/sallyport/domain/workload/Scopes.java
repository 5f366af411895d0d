package io.sallyport.domain.workload;

import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PrincipalPattern;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Whom and what a namespace may speak for, set by the administrator. Identities of two namespaces never overlap. No
 * identities and no addresses where empty; any agent, label and host where those are.
 *
 * @param issuers of tokens: all subjects of an issuer, or those that begin as {@code issuer/subject*} says
 * @param agents client ids and SPIFFE IDs that its gateways may select, or prefixes that end in {@code *}
 * @param labels that its workloads may carry: {@code key}, or {@code key=value}
 */
public record Scopes(
        List<PrincipalPattern> spiffeIds,
        List<Cidr> cidrs,
        List<String> issuers,
        List<String> agents,
        List<String> labels,
        List<HostPattern> hosts) {
    private static final String SPIFFE = "spiffe://";

    public static final Scopes NONE = new Scopes(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Scopes {
        spiffeIds = List.copyOf(spiffeIds);
        cidrs = List.copyOf(cidrs);
        issuers = List.copyOf(issuers);
        agents = List.copyOf(agents);
        labels = List.copyOf(labels);
        hosts = List.copyOf(hosts);
    }

    /** Everyone who can prove to be of this namespace, by certificate or token. */
    public List<PrincipalPattern> principals() {
        return Stream.concat(spiffeIds.stream(), issuers.stream().map(Scopes::ofIssuer))
                .toList();
    }

    public boolean include(Cidr range) {
        return cidrs.stream().anyMatch(scope -> scope.contains(range));
    }

    public boolean include(PrincipalPattern principal) {
        return principals().stream().anyMatch(principal::isWithin);
    }

    public boolean include(HostPattern host) {
        return hosts.isEmpty() || hosts.stream().anyMatch(scope -> scope.covers(host));
    }

    /** Patterns of client ids mean no SPIFFE IDs; {@code *} alone means both. */
    public boolean includeAgent(AgentPrincipal agent) {
        return agents.isEmpty() || agents.stream().anyMatch(pattern -> isMeant(pattern, agent));
    }

    private static boolean isMeant(String pattern, AgentPrincipal agent) {
        if (pattern.equals("*")) {
            return true;
        }
        boolean isOfSameSort = switch (agent) {
            case ClientId client -> !pattern.startsWith(SPIFFE);
            case AgentPrincipal.Spiffe spiffe -> pattern.startsWith(SPIFFE);
        };
        return isOfSameSort
                && (pattern.endsWith("*")
                        ? agent.value().startsWith(pattern.substring(0, pattern.length() - 1))
                        : agent.value().equals(pattern));
    }

    /** Whether a workload may carry a label. */
    public boolean includeLabel(String key, String value) {
        return labels.isEmpty() || labels.contains(key) || labels.contains(key + "=" + value);
    }

    /** Whether a workload may carry these labels, all of them. */
    public boolean includeLabels(SortedMap<String, String> all) {
        return all.entrySet().stream().allMatch(label -> includeLabel(label.getKey(), label.getValue()));
    }

    /** The principals that one entry for token issuers means; throws IllegalArgumentException where it is none. */
    public static PrincipalPattern ofIssuer(String issuer) {
        return new PrincipalPattern(issuer.endsWith("*") ? issuer : issuer + "/*");
    }
}
