package io.sallyport.compiler.risk;

import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.Spec;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.approval.RiskType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is risky and no matter of traffic: what holds all writes, and who may write, in two states. */
final class WeakenedDocuments {
    private final DesiredState before;
    private final DesiredState after;

    WeakenedDocuments(DesiredState before, DesiredState after) {
        this.before = before;
        this.after = after;
    }

    List<Relaxation> all() {
        return Stream.of(guardrails(), policies(), roles())
                .flatMap(found -> found)
                .toList();
    }

    private Stream<Relaxation> guardrails() {
        return before.guardrails().stream()
                .filter(guardrail -> guardrail.spec().severity() == Guardrail.Severity.BLOCK)
                .filter(guardrail -> now(guardrail)
                        .filter(then -> holdsAsMuch(guardrail.spec(), then))
                        .isEmpty())
                .map(guardrail -> Relaxation.of(
                        RiskType.WEAKENED_GUARDRAIL,
                        "guardrail %s %s".formatted(guardrail.name(), become(guardrail)),
                        Set.of()));
    }

    private static boolean holdsAsMuch(Guardrail was, Guardrail is) {
        return is.severity() == Guardrail.Severity.BLOCK
                && is.assertion() == was.assertion()
                && is.flows().equals(was.flows())
                && was.except().containsAll(is.except());
    }

    private Stream<Relaxation> policies() {
        return before.approvalPolicies().stream()
                .flatMap(policy -> weakening(policy).stream()
                        .map(how -> new Relaxation(
                                RiskType.WEAKENED_APPROVAL_POLICY,
                                "approval policy %s %s".formatted(policy.name(), how),
                                List.of(),
                                Set.of(),
                                List.of(policy.name()))));
    }

    private Optional<String> weakening(Resource<ApprovalPolicy> policy) {
        boolean asksAsMuch =
                now(policy).filter(then -> then.asksAsMuchAs(policy.spec())).isPresent();
        return asksAsMuch
                ? released(policy.spec()).map("does not govern namespace %s any more"::formatted)
                : Optional.of(become(policy));
    }

    // A namespace may get out of it by its labels.
    private Optional<Name> released(ApprovalPolicy policy) {
        return before.differing(Kind.NAMESPACE, after).stream()
                .flatMap(name -> before.namespace(name.name()).stream())
                .filter(was -> policy.governs(was.namespace(), was.metadata().labels()))
                .flatMap(was -> after.namespace(was.namespace()).stream())
                .filter(is -> !policy.governs(is.namespace(), is.metadata().labels()))
                .map(Resource<Namespace>::namespace)
                .findFirst();
    }

    private Stream<Relaxation> roles() {
        if (before.isSameIn(Kind.ROLE_BINDING, after)) {
            return Stream.of();
        }
        Set<Grant> had = new HashSet<>(grants(before).toList());
        return grants(after)
                .filter(grant -> !had.contains(grant) && !had.contains(grant.everywhere()))
                .distinct()
                .map(grant -> Relaxation.of(
                        RiskType.GRANTED_ROLE,
                        "%s gets the role %s in %s"
                                .formatted(
                                        grant.subject(),
                                        grant.role().word(),
                                        grant.within().isEmpty()
                                                ? "all namespaces"
                                                : "namespace " + grant.within().getFirst()),
                        Set.copyOf(grant.within())));
    }

    private static Stream<Grant> grants(DesiredState state) {
        return state.roleBindings().stream()
                .flatMap(binding -> binding.spec().subjects().stream()
                        .map(subject -> new Grant(
                                binding.spec().role(),
                                subject,
                                binding.spec().reach() == RoleBinding.Reach.ALL
                                        ? List.of()
                                        : List.of(binding.namespace()))));
    }

    // The key says the kind.
    @SuppressWarnings("unchecked")
    private <S extends Spec> Optional<S> now(Resource<S> resource) {
        return after.find(resource.key()).map(found -> (S) found.spec());
    }

    private String become(Resource<?> resource) {
        return after.find(resource.key()).isPresent() ? "asks for less" : "goes";
    }

    private record Grant(Role role, Subject subject, List<Name> within) {
        Grant everywhere() {
            return new Grant(role, subject, List.of());
        }
    }
}
