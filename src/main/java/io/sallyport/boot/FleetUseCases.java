package io.sallyport.boot;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.agents.DecisionLog;
import io.sallyport.agents.Quarantines;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.store.Doorbell;
import io.sallyport.store.LedgerStore;
import io.sallyport.store.OutageBundle;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.RolloutStore;
import io.sallyport.usecase.AwaitConvergence;
import io.sallyport.usecase.ControlRollout;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.DriveRollouts;
import io.sallyport.usecase.Fleet;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.KeepBundle;
import io.sallyport.usecase.KeepLedger;
import io.sallyport.usecase.ListAgents;
import io.sallyport.usecase.ListDenials;
import io.sallyport.usecase.MoveRollout;
import io.sallyport.usecase.SeeRollout;
import io.sallyport.usecase.StageRollouts;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes beans of what agents are known by, told and moved on with. */
final class FleetUseCases {

    @Produces
    @Singleton
    Fleet fleet(AgentRegistry registry) {
        return new Fleet(registry);
    }

    @Produces
    @Singleton
    KeepLedger keepLedger(
            LedgerStore store, AgentRegistry registry, DecisionLog decisions, Quarantines quarantines, Fleet fleet) {
        return new KeepLedger(store, registry, decisions, quarantines, fleet, InstantSource.system());
    }

    @Produces
    @Singleton
    KeepBundle keepBundle(OutageBundle bundle, CurrentState current, FollowHead followHead, StageRollouts stage) {
        return new KeepBundle(bundle, current, followHead, stage, InstantSource.system());
    }

    @Produces
    @Singleton
    SeeRollout seeRollout(CurrentState current, StageRollouts stage, SnapshotFeed feed, Fleet fleet) {
        return new SeeRollout(current, stage, feed, fleet);
    }

    @Produces
    @Singleton
    MoveRollout moveRollout(RolloutStore store, Doorbell doorbell) {
        return new MoveRollout(store, doorbell);
    }

    @Produces
    @Singleton
    DriveRollouts driveRollouts(
            CurrentState current, StageRollouts stage, SeeRollout see, MoveRollout move, RolloutStore store) {
        return new DriveRollouts(current, stage, see, move, store, InstantSource.system());
    }

    @Produces
    @Singleton
    ControlRollout controlRollout(
            Authorizer authorizer, CurrentState current, SeeRollout see, MoveRollout move, RolloutStore store) {
        return new ControlRollout(authorizer, current, see, move, store, InstantSource.system());
    }

    @Produces
    @Singleton
    AwaitConvergence awaitConvergence(
            Authorizer authorizer, PolicyStore store, CurrentState current, SnapshotFeed feed, Fleet fleet) {
        return new AwaitConvergence(authorizer, store, current, feed, fleet);
    }

    @Produces
    @Singleton
    ListDenials listDenials(Authorizer authorizer, DecisionLog decisions) {
        return new ListDenials(authorizer, decisions);
    }

    @Produces
    @Singleton
    ListAgents listAgents(Authorizer authorizer, Fleet fleet) {
        return new ListAgents(authorizer, fleet);
    }
}
