package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What must hold between resources: references, owners of hosts, scopes, ports, and what listeners can enforce. */
public final class PolicyChecks {
    private final IncrementalCompiler compiler;

    /** @param compiler for what is found by compiling gateways before and after a write */
    public PolicyChecks(IncrementalCompiler compiler) {
        this.compiler = compiler;
    }

    /** With a compiler of its own. */
    public PolicyChecks() {
        this(new IncrementalCompiler());
    }

    /**
     * What is to be said of a state after some of its resources were written or deleted. Findings about resources that
     * were not touched are included where the touched ones caused them (a reference to what was deleted).
     *
     * @param now tells whether a rule is over
     */
    public List<Finding> findings(DesiredState state, Set<ResourceKey> touched, Instant now) {
        Checked checked = new Checked(state, touched, now);
        Report report = new Report();
        report(checked, report);
        new RouteEscapeChecks(checked, state, compiler, report).tell();
        return report.findings();
    }

    private static void report(Checked checked, Report report) {
        new ReferenceChecks(checked, report).run();
        new CredentialReferenceChecks(checked, report).run();
        new CredentialChecks(checked, report).run();
        new AttachmentChecks(checked, report).run();
        new ScopeChecks(checked, report).run();
        new GatewayChecks(checked, report).run();
        new DestinationChecks(checked, report).run();
        new UnreadChecks(checked, report).run();
        new HostConflictChecks(checked, report).run();
        new EnforcementChecks(checked, report).run();
        new PolicySectionChecks(checked, report).run();
        new OriginationChecks(checked, report).run();
        new OriginationReachChecks(checked, report).run();
        new PolicyServiceChecks(checked, report).run();
        new AuthorizationChecks(checked, report).run();
        new UnenforceableChecks(checked, report).run();
        new RuleSourceChecks(checked, report).run();
        new RecognitionChecks(checked, report).run();
        new RuleTargetChecks(checked, report).run();
        new RuleOverlapChecks(checked, report).run();
        new GuardrailChecks(checked, report).run();
        new ApprovalPolicyChecks(checked, report).run();
        new RouteReferenceChecks(checked, report).run();
        new RouteMatchChecks(checked, report).run();
        new RetryBudgetChecks(checked, report).run();
    }

    /**
     * The same, with what is too dear to work out for every reader.
     *
     * @param before the state that was written on
     */
    public List<Finding> findingsOfWrite(
            DesiredState before, DesiredState state, Set<ResourceKey> touched, Instant now) {
        Checked checked = new Checked(state, touched, now);
        Report report = new Report();
        report(checked, report);
        Set<ResourceName> gateways = TouchedGateways.of(before, state, touched.stream());
        new CutChecks(checked, gateways, compiler, report).run();
        new RouteSizeChecks(checked, report).run();
        new RouteEscapeChecks(checked, before, compiler, report).run(gateways);
        return report.findings();
    }
}
