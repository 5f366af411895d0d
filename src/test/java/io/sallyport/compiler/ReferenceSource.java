package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.Workload;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who a source is to a listener, and whether a rule means it. */
record ReferenceSource(DesiredState state, Resource<EgressGateway> gateway, Listener listener, Peer peer) {

    boolean isAmbiguous() {
        return listener.isMutual() && uriSans().size() > 1;
    }

    /** Whether the handshake comes to nothing. */
    boolean isWithoutCertificate() {
        return listener.isMutual()
                && (peer.certificate().isEmpty() || peer.certificate().getFirst() instanceof Peer.Certificate.Unproven);
    }

    /** Whether it shows a token that is not accepted here. */
    boolean showsBadToken() {
        return !issuers().isEmpty()
                && !peer.token().isEmpty()
                && (!(peer.token().getFirst() instanceof Peer.Token.Proven proven)
                        || !issuers().contains(proven.identity().issuer()));
    }

    private List<String> uriSans() {
        return !peer.certificate().isEmpty() && peer.certificate().getFirst() instanceof Peer.Certificate.Proven proven
                ? proven.uriSans()
                : List.of();
    }

    /** By certificate, else by token, else nothing; {@code ?} where a certificate names nobody. */
    private String proven() {
        if (listener.isMutual()) {
            return uriSans().stream()
                    .filter(name -> name.startsWith("spiffe://"))
                    .findFirst()
                    .orElse("?");
        }
        if (issuers().isEmpty() || peer.token().isEmpty()) {
            return "";
        }
        return peer.token().getFirst() instanceof Peer.Token.Proven proven
                ? proven.identity().issuer() + "/" + proven.identity().subject()
                : "?";
    }

    // The policies of the gateway's namespace; those of the listener itself come before those of the whole gateway.
    private TreeSet<String> issuers() {
        boolean readsTokens = listener.protocol() != Listener.Protocol.TLS
                && listener.protocol() != Listener.Protocol.TCP
                && !listener.isMutual();
        TreeSet<String> closest = issuers(target -> target.sectionName().contains(listener.name()));
        TreeSet<String> found =
                closest.isEmpty() ? issuers(target -> target.sectionName().isEmpty()) : closest;
        return readsTokens ? found : new TreeSet<>();
    }

    private TreeSet<String> issuers(Predicate<PolicyTarget> where) {
        TreeSet<String> found = new TreeSet<>();
        for (Resource<SecurityPolicy> policy : state.securityPolicies()) {
            boolean attached = policy.namespace().equals(gateway.namespace())
                    && policy.spec().targets().stream()
                            .filter(target -> target.kind() == PolicyTarget.Kind.EGRESS_GATEWAY
                                    && target.name().equals(gateway.name().name()))
                            .anyMatch(where);
            if (attached) {
                policy.spec().jwt().forEach(provider -> found.add(provider.issuer()));
            }
        }
        return found;
    }

    boolean isMeantBy(Resource<EgressRule> rule) {
        return rule.spec().from().stream()
                .anyMatch(entry ->
                        means(rule, entry) || (rule.spec().action() == Action.DENY && !canTellApart(rule, entry)));
    }

    private boolean means(Resource<EgressRule> rule, Source entry) {
        return (entry.principals().isEmpty()
                        || entry.principals().stream().anyMatch(principal -> isProven(principal.value())))
                && (entry.namespaces().isEmpty() || namespaces(rule, entry).anyMatch(this::isOf))
                && (entry.workloads().isEmpty() || selected(rule, entry).anyMatch(this::is))
                && (entry.ipBlocks().isEmpty()
                        || entry.ipBlocks().stream().anyMatch(block -> block.contains(peer.address())))
                && (rule.spec().tier() != Tier.NAMESPACE || isOf(rule.namespace()));
    }

    private boolean isProven(String pattern) {
        String who = proven();
        if (who.isEmpty() || who.equals("?")) {
            return false;
        }
        return pattern.endsWith("*") ? who.startsWith(pattern.substring(0, pattern.length() - 1)) : who.equals(pattern);
    }

    private Stream<Name> namespaces(Resource<EgressRule> rule, Source entry) {
        return entry.namespaces().stream()
                .filter(name -> rule.spec().tier() != Tier.NAMESPACE || name.equals(rule.namespace()));
    }

    private boolean isOf(Name namespace) {
        Scopes scopes = scopes(namespace);
        return proven().isEmpty()
                ? scopes.cidrs().stream().anyMatch(range -> range.contains(peer.address()))
                : principals(scopes).anyMatch(this::isProven);
    }

    private static Stream<String> principals(Scopes scopes) {
        return Stream.concat(
                scopes.spiffeIds().stream().map(pattern -> pattern.value()),
                scopes.issuers().stream().map(issuer -> issuer.endsWith("*") ? issuer : issuer + "/*"));
    }

    private Stream<Resource<Workload>> selected(Resource<EgressRule> rule, Source entry) {
        return state.workloads().stream()
                .filter(workload ->
                        entry.workloads().getFirst().matches(workload.spec().labels()))
                .filter(workload -> rule.spec().tier() != Tier.NAMESPACE
                        || workload.namespace().equals(rule.namespace()))
                .filter(workload ->
                        entry.namespaces().isEmpty() || entry.namespaces().contains(workload.namespace()));
    }

    private boolean is(Resource<Workload> workload) {
        return isOf(workload.namespace())
                && workload.spec().identities().stream().anyMatch(identity -> switch (identity) {
                    case WorkloadIdentity.ByAddress address ->
                        proven().isEmpty() && address.range().contains(peer.address());
                    case WorkloadIdentity.BySpiffeId certificate ->
                        proven().equals(certificate.id().value());
                    case WorkloadIdentity.ByJwt token -> proven().equals(token.issuer() + "/" + token.subject());
                });
    }

    // Everyone of whom an entry speaks has something that this listener sees.
    private boolean canTellApart(Resource<EgressRule> rule, Source entry) {
        if (!entry.principals().stream().allMatch(principal -> sees(principal.value()))) {
            return false;
        }
        if (!entry.workloads().isEmpty()) {
            return selected(rule, entry)
                    .allMatch(workload -> workload.spec().identities().stream().anyMatch(this::sees));
        }
        return !entry.principals().isEmpty() || spokenOf(rule, entry).allMatch(this::sees);
    }

    private Stream<Name> spokenOf(Resource<EgressRule> rule, Source entry) {
        if (!entry.namespaces().isEmpty()) {
            return namespaces(rule, entry);
        }
        return rule.spec().tier() == Tier.NAMESPACE ? Stream.of(rule.namespace()) : Stream.of();
    }

    private boolean sees(String principal) {
        if (listener.isMutual()) {
            return principal.equals("*") || principal.startsWith("spiffe://");
        }
        return issuers().stream().anyMatch(issuer -> principal.startsWith(issuer + "/"));
    }

    private boolean sees(WorkloadIdentity identity) {
        return switch (identity) {
            case WorkloadIdentity.ByAddress address -> !listener.isMutual();
            case WorkloadIdentity.BySpiffeId certificate -> listener.isMutual();
            case WorkloadIdentity.ByJwt token -> issuers().contains(token.issuer());
        };
    }

    private boolean sees(Name namespace) {
        Scopes scopes = scopes(namespace);
        List<String> principals = principals(scopes).toList();
        return (principals.isEmpty() && scopes.cidrs().isEmpty())
                || (!listener.isMutual() && !scopes.cidrs().isEmpty())
                || principals.stream().anyMatch(this::sees);
    }

    private Scopes scopes(Name namespace) {
        return state.namespace(namespace).orElseThrow().spec().scopes();
    }
}
