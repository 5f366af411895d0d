package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold between resources: references, owners of hosts, scopes, ports, and what listeners can enforce. */
public final class PolicyChecks {

    /**
     * What is to be said of a state after some of its resources were written or deleted. Findings about resources that
     * were not touched are included where the touched ones caused them (a reference to what was deleted).
     *
     * @param now tells whether a rule is over
     */
    public List<Finding> findings(DesiredState state, Set<ResourceKey> touched, Instant now) {
        Checked checked = new Checked(state, touched, now);
        Report report = new Report();
        new ReferenceChecks(checked, report).run();
        new CredentialReferenceChecks(checked, report).run();
        new AttachmentChecks(checked, report).run();
        new ScopeChecks(checked, report).run();
        new GatewayChecks(checked, report).run();
        new DestinationChecks(checked, report).run();
        new UnreadChecks(checked, report).run();
        new HostConflictChecks(checked, report).run();
        new EnforcementChecks(checked, report).run();
        new PolicySectionChecks(checked, report).run();
        new PolicyServiceChecks(checked, report).run();
        new RuleSourceChecks(checked, report).run();
        new RecognitionChecks(checked, report).run();
        new RuleTargetChecks(checked, report).run();
        new RuleOverlapChecks(checked, report).run();
        return report.findings();
    }

    /** The same, with what is too dear to work out for every reader. */
    public List<Finding> findingsOfWrite(DesiredState state, Set<ResourceKey> touched, Instant now) {
        Report report = new Report();
        new CutChecks(new Checked(state, touched, now), report).run();
        return Stream.concat(findings(state, touched, now).stream(), report.findings().stream())
                .toList();
    }
}
