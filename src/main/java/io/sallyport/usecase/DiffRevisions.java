package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.diff.ConfigChange;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.util.List;

/** Says what is otherwise at one revision than at another, in either order. */
public final class DiffRevisions {
    private final Authorizer authorizer;
    private final PastStates pastStates;
    private final SemanticDiff semanticDiff;
    private final GatewayDiff gatewayDiff;

    public DiffRevisions(
            Authorizer authorizer, PastStates pastStates, SemanticDiff semanticDiff, GatewayDiff gatewayDiff) {
        this.authorizer = authorizer;
        this.pastStates = pastStates;
        this.semanticDiff = semanticDiff;
        this.gatewayDiff = gatewayDiff;
    }

    /** In the words of resources; of those that the caller may read. */
    public List<ResourceChange> ofResources(Caller caller, Revision before, Revision after) {
        Access access = access(caller);
        DesiredState later = pastStates.at(after);
        return semanticDiff.between(pastStates.at(before), later).stream()
                .filter(change -> access.mayRead(change.key()))
                .toList();
    }

    /** In what gateways run, for each whose configuration differs and may be read by the caller. */
    public List<OfGateway> ofGateways(Caller caller, Revision before, Revision after, boolean inEnvoyWords) {
        Access access = access(caller);
        DesiredState later = pastStates.at(after);
        DesiredState earlier = pastStates.at(before);
        return gatewayDiff.gateways(earlier, later).stream()
                .filter(gateway -> GetSnapshot.mayRead(access, gateway))
                .map(gateway -> new OfGateway(gateway, gatewayDiff.changes(gateway, earlier, later, inEnvoyWords)))
                .filter(gateway -> !gateway.changes().isEmpty())
                .toList();
    }

    private Access access(Caller caller) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        return access;
    }

    /** How what a gateway runs differs, part by part. */
    public record OfGateway(ResourceName gateway, List<ConfigChange> changes) {
        public OfGateway {
            changes = List.copyOf(changes);
        }
    }
}
