package io.sallyport.boot;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.agents.DecisionLog;
import io.sallyport.agents.Quarantines;
import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.feed.PublishedStates;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.store.Doorbell;
import io.sallyport.store.OutageBundle;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.RolloutStore;
import io.sallyport.usecase.AdmitAgent;
import io.sallyport.usecase.ConcernedNamespaces;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.HoldBack;
import io.sallyport.usecase.PastStates;
import io.sallyport.usecase.StageRollouts;
import io.sallyport.usecase.WriteClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes beans of the classes that know no framework. */
final class Wiring {

    @Produces
    @Singleton
    PublishedStates publishedStates() {
        return new PublishedStates();
    }

    @Produces
    @Singleton
    HoldBack holdBack(PublishedStates states, SnapshotCompiler compiler, PastStates past) {
        return new HoldBack(states, compiler, past::at);
    }

    @Produces
    @Singleton
    SnapshotFeed snapshotFeed() {
        return new SnapshotFeed();
    }

    @Produces
    @Singleton
    AgentRegistry agentRegistry() {
        return new AgentRegistry();
    }

    @Produces
    @Singleton
    Quarantines quarantines() {
        return new Quarantines();
    }

    @Produces
    @Singleton
    DecisionLog decisionLog(CurrentState current) {
        return new DecisionLog(new ConcernedNamespaces(current::get));
    }

    @Produces
    @Singleton
    CurrentState currentState() {
        return new CurrentState();
    }

    @Produces
    @Singleton
    SnapshotCompiler snapshotCompiler() {
        return new SnapshotCompiler();
    }

    /** Of what may come to be; what has come to be is compiled by who follows the head. */
    @Produces
    @Singleton
    IncrementalCompiler incrementalCompiler() {
        return new IncrementalCompiler();
    }

    @Produces
    @Singleton
    PolicyChecks policyChecks(IncrementalCompiler compiler) {
        return new PolicyChecks(compiler);
    }

    @Produces
    @Singleton
    Guardrails guardrails(TouchedGateways touched, IncrementalCompiler compiler) {
        return new Guardrails(touched, compiler);
    }

    @Produces
    @Singleton
    TouchedGateways touchedGateways() {
        return new TouchedGateways();
    }

    @Produces
    @Singleton
    EnvoyCompiler envoyCompiler() {
        return new EnvoyCompiler();
    }

    @Produces
    @Singleton
    Authorizer authorizer(CurrentState current) {
        return new Authorizer(current::get);
    }

    @Produces
    @Singleton
    AdmitAgent admitAgent(CurrentState current) {
        return new AdmitAgent(current);
    }

    @Produces
    @Singleton
    StageRollouts stageRollouts(RolloutStore rollouts, PolicyStore store) {
        return new StageRollouts(rollouts, store);
    }

    @Produces
    @Singleton
    FollowHead followHead(
            PolicyStore store,
            Doorbell doorbell,
            CurrentState current,
            TouchedGateways touched,
            SnapshotFeed feed,
            PublishedStates states,
            OutageBundle bundle,
            WriteClock phases,
            StageRollouts rollouts) {
        return new FollowHead(
                store, doorbell, current, touched, new IncrementalCompiler(), feed, states, bundle, phases, rollouts);
    }
}
