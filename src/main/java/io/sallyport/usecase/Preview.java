package io.sallyport.usecase;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.approval.DemandStanding;
import io.sallyport.domain.decision.FlowChanges;
import java.util.List;

/**
 * What a write would do if it were done now. Nothing of it is stored.
 *
 * @param base the revision that it would be written on
 * @param effects in the order in which the documents were sent
 * @param resources those that were sent to be stored, as they would be
 * @param changes field by field, by kind and name
 * @param gateways those that would be sent something else
 * @param flows those that would open and close
 * @param workloadCount how many workloads some flow would open or close for
 * @param workloads the first of those that the caller may read
 * @param approvals what approval policies ask for before it can be written, and how far they have it
 */
public record Preview(
        Revision base,
        List<Effect> effects,
        List<ResourceView> resources,
        List<Warning> warnings,
        List<ResourceChange> changes,
        List<GatewayPreview> gateways,
        FlowChanges flows,
        int workloadCount,
        List<ResourceName> workloads,
        List<DemandStanding> approvals) {
    public Preview {
        effects = List.copyOf(effects);
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
        changes = List.copyOf(changes);
        gateways = List.copyOf(gateways);
        workloads = List.copyOf(workloads);
        approvals = List.copyOf(approvals);
    }

    Preview with(List<DemandStanding> asked) {
        return new Preview(
                base, effects, resources, warnings, changes, gateways, flows, workloadCount, workloads, asked);
    }
}
