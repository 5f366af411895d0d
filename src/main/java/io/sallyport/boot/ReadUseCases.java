package io.sallyport.boot;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.rest.json.JsonForm;
import io.sallyport.rest.json.SnapshotParts;
import io.sallyport.store.AuditTrail;
import io.sallyport.store.PolicyStore;
import io.sallyport.usecase.ConfigDiff;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.DescribeCaller;
import io.sallyport.usecase.DiffRevisions;
import io.sallyport.usecase.ExplainRequest;
import io.sallyport.usecase.Fleet;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.GatewayDiff;
import io.sallyport.usecase.GetResource;
import io.sallyport.usecase.GetRevision;
import io.sallyport.usecase.GetSnapshot;
import io.sallyport.usecase.ListAuditEvents;
import io.sallyport.usecase.ListResources;
import io.sallyport.usecase.ListRevisions;
import io.sallyport.usecase.ListUses;
import io.sallyport.usecase.Observe;
import io.sallyport.usecase.PastStates;
import io.sallyport.usecase.ReadState;
import io.sallyport.usecase.SemanticDiff;
import io.sallyport.usecase.VerifyAudit;
import io.sallyport.usecase.WatchRevisions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes beans of what callers of the API read with. */
final class ReadUseCases {

    @Produces
    @Singleton
    PastStates pastStates(PolicyStore store, CurrentState current, FollowHead followHead) {
        return new PastStates(store, current, followHead);
    }

    @Produces
    @Singleton
    Observe observe(PolicyChecks checks, Guardrails guardrails, Fleet fleet, SnapshotFeed feed) {
        return new Observe(checks, guardrails, fleet, feed, InstantSource.system());
    }

    @Produces
    @Singleton
    DiffRevisions diffRevisions(
            Authorizer authorizer,
            PastStates pastStates,
            TouchedGateways touched,
            SnapshotCompiler compiler,
            EnvoyCompiler envoyCompiler) {
        return new DiffRevisions(
                authorizer,
                pastStates,
                new SemanticDiff(new JsonForm()),
                new GatewayDiff(touched, compiler, new ConfigDiff(new SnapshotParts(), envoyCompiler)));
    }

    @Produces
    @Singleton
    ListUses listUses(Authorizer authorizer, CurrentState current, PastStates pastStates) {
        return new ListUses(authorizer, current, pastStates);
    }

    @Produces
    @Singleton
    WatchRevisions watchRevisions(
            Authorizer authorizer,
            PolicyStore store,
            PastStates pastStates,
            CurrentState current,
            FollowHead followHead) {
        return new WatchRevisions(authorizer, store, pastStates, current.recent(), followHead);
    }

    @Produces
    @Singleton
    ReadState readState(Authorizer authorizer, PastStates pastStates) {
        return new ReadState(authorizer, pastStates);
    }

    @Produces
    @Singleton
    GetResource getResource(Authorizer authorizer, CurrentState current, PastStates pastStates, Observe observe) {
        return new GetResource(authorizer, current, pastStates, observe);
    }

    @Produces
    @Singleton
    ListResources listResources(Authorizer authorizer, CurrentState current, PastStates pastStates, Observe observe) {
        return new ListResources(authorizer, current, pastStates, observe);
    }

    @Produces
    @Singleton
    ListRevisions listRevisions(Authorizer authorizer, PolicyStore store) {
        return new ListRevisions(authorizer, store);
    }

    @Produces
    @Singleton
    GetRevision getRevision(Authorizer authorizer, PolicyStore store) {
        return new GetRevision(authorizer, store);
    }

    @Produces
    @Singleton
    GetSnapshot getSnapshot(
            Authorizer authorizer,
            CurrentState current,
            PastStates pastStates,
            SnapshotFeed feed,
            SnapshotCompiler compiler,
            EnvoyCompiler envoyCompiler) {
        return new GetSnapshot(authorizer, current, pastStates, feed, compiler, envoyCompiler);
    }

    @Produces
    @Singleton
    DescribeCaller describeCaller(Authorizer authorizer) {
        return new DescribeCaller(authorizer);
    }

    @Produces
    @Singleton
    ListAuditEvents listAuditEvents(Authorizer authorizer, AuditTrail trail) {
        return new ListAuditEvents(authorizer, trail);
    }

    @Produces
    @Singleton
    VerifyAudit verifyAudit(Authorizer authorizer, AuditTrail trail) {
        return new VerifyAudit(authorizer, trail);
    }

    @Produces
    @Singleton
    ExplainRequest explainRequest(
            Authorizer authorizer,
            CurrentState current,
            PastStates pastStates,
            PolicyChecks checks,
            Guardrails guardrails,
            AgentRegistry registry) {
        return new ExplainRequest(
                authorizer, current, pastStates, checks, guardrails, registry, InstantSource.system());
    }
}
