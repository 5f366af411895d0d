package io.sallyport.compiler;

import io.sallyport.domain.Kind;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Workload;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.domain.workload.WorkloadIdentity;
import io.sallyport.domain.workload.WorkloadIdentity.ByAddress;
import io.sallyport.domain.workload.WorkloadIdentity.BySpiffeId;
import java.util.List;

/** Scopes of two namespaces never overlap, and workloads stay within those of their own. */
final class ScopeChecks {
    private final Checked checked;
    private final Report report;

    ScopeChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        for (Resource<Namespace> namespace : checked.touched(checked.state().namespaces(), Kind.NAMESPACE)) {
            reserved(namespace);
            for (Resource<Namespace> other : checked.state().namespaces()) {
                if (!other.name().equals(namespace.name())) {
                    overlap(namespace, other);
                }
            }
        }
        boolean concernsWorkloads =
                checked.touched().stream().anyMatch(key -> key.kind() == Kind.WORKLOAD || key.kind() == Kind.NAMESPACE);
        if (concernsWorkloads) {
            checked.state().workloads().stream()
                    .filter(workload -> checked.isTouched(workload) || checked.isNamespaceTouched(workload.namespace()))
                    .forEach(this::identities);
        }
    }

    // Its rules would bear the names by which gateways call their own decisions.
    private void reserved(Resource<Namespace> namespace) {
        if (namespace.name().name().value().equals("sallyport")) {
            report.error(
                    namespace,
                    "/metadata/name",
                    "ReservedName",
                    "logs and refusals call decisions of the gateway itself sallyport/...: use another name");
        }
    }

    private void overlap(Resource<Namespace> namespace, Resource<Namespace> other) {
        Scopes theirs = other.spec().scopes();
        List<Cidr> cidrs = namespace.spec().scopes().cidrs();
        for (int index = 0; index < cidrs.size(); index++) {
            if (theirs.cidrs().stream().anyMatch(cidrs.get(index)::overlaps)) {
                overlapping(namespace, "/spec/scopes/cidrs/" + index, cidrs.get(index), other);
            }
        }
        List<PrincipalPattern> ids = namespace.spec().scopes().spiffeIds();
        overlap(namespace, "/spec/scopes/spiffeIds/", ids, other);
        List<PrincipalPattern> issuers = namespace.spec().scopes().issuers().stream()
                .map(Scopes::ofIssuer)
                .toList();
        overlap(namespace, "/spec/scopes/issuers/", issuers, other);
    }

    private void overlap(
            Resource<Namespace> namespace,
            String pointer,
            List<PrincipalPattern> principals,
            Resource<Namespace> other) {
        List<PrincipalPattern> theirs = other.spec().scopes().principals();
        for (int index = 0; index < principals.size(); index++) {
            if (theirs.stream().anyMatch(principals.get(index)::overlaps)) {
                overlapping(namespace, pointer + index, principals.get(index), other);
            }
        }
    }

    private void overlapping(Resource<Namespace> namespace, String pointer, Object scope, Resource<Namespace> other) {
        report.error(
                namespace,
                pointer,
                "ScopesOverlap",
                "%s overlaps the scopes of namespace %s: an identity belongs to one namespace, so narrow either"
                        .formatted(scope, other.namespace()));
    }

    private void identities(Resource<Workload> workload) {
        Scopes scopes = Scoping.of(checked.state(), workload.namespace());
        workload.spec().labels().forEach((key, value) -> {
            if (!scopes.includeLabel(key, value)) {
                outside(workload, "/spec/labels/" + pointed(key), "label %s=%s".formatted(key, value));
            }
        });
        for (int index = 0; index < workload.spec().identities().size(); index++) {
            String pointer = "/spec/identities/" + index;
            switch (workload.spec().identities().get(index)) {
                case ByAddress address -> {
                    if (!scopes.include(address.range())) {
                        outside(workload, pointer + "/cidr", address.range());
                    }
                }
                case WorkloadIdentity.ByJwt token -> {
                    if (!scopes.include(new PrincipalPattern(token.principal()))) {
                        outside(workload, pointer + "/jwt", token.principal());
                    }
                }
                case BySpiffeId certificate -> {
                    if (!scopes.include(new PrincipalPattern(certificate.id().value()))) {
                        outside(workload, pointer + "/spiffeId", certificate.id());
                    }
                }
            }
        }
    }

    // RFC 6901, section 3.
    private static String pointed(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private void outside(Resource<Workload> workload, String pointer, Object identity) {
        report.add(
                checked.refusedOrCut(workload),
                workload,
                pointer,
                "OutsideScopes",
                "%s of %s is outside the scopes of namespace %s: leave it out, or have the scopes widened"
                        .formatted(identity, workload.key(), workload.namespace()));
    }
}
