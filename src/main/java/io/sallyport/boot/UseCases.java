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
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.rest.json.JsonForm;
import io.sallyport.rest.json.SnapshotParts;
import io.sallyport.store.AuditTrail;
import io.sallyport.store.ChangeSetStore;
import io.sallyport.store.Doorbell;
import io.sallyport.store.KeptAnswers;
import io.sallyport.store.LedgerStore;
import io.sallyport.store.OutageBundle;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.RolloutStore;
import io.sallyport.usecase.AnswerOnce;
import io.sallyport.usecase.ApplyDocuments;
import io.sallyport.usecase.ApproveChangeSet;
import io.sallyport.usecase.AuditRefusals;
import io.sallyport.usecase.AwaitConvergence;
import io.sallyport.usecase.ChangeSets;
import io.sallyport.usecase.ConfigDiff;
import io.sallyport.usecase.ConfirmRevision;
import io.sallyport.usecase.ControlRollout;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.DeleteResource;
import io.sallyport.usecase.DescribeCaller;
import io.sallyport.usecase.DiffRevisions;
import io.sallyport.usecase.DriveRollouts;
import io.sallyport.usecase.ExplainRequest;
import io.sallyport.usecase.Fleet;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.Foresee;
import io.sallyport.usecase.GatewayDiff;
import io.sallyport.usecase.GetResource;
import io.sallyport.usecase.GetRevision;
import io.sallyport.usecase.GetSnapshot;
import io.sallyport.usecase.KeepBundle;
import io.sallyport.usecase.KeepLedger;
import io.sallyport.usecase.ListAgents;
import io.sallyport.usecase.ListAuditEvents;
import io.sallyport.usecase.ListDenials;
import io.sallyport.usecase.ListResources;
import io.sallyport.usecase.ListRevisions;
import io.sallyport.usecase.ListUses;
import io.sallyport.usecase.MoveRollout;
import io.sallyport.usecase.Observe;
import io.sallyport.usecase.PastStates;
import io.sallyport.usecase.PreviewWrite;
import io.sallyport.usecase.PutResource;
import io.sallyport.usecase.ReadState;
import io.sallyport.usecase.RecordCrossings;
import io.sallyport.usecase.RestoreRevision;
import io.sallyport.usecase.RevertUnconfirmed;
import io.sallyport.usecase.SeeRollout;
import io.sallyport.usecase.SemanticDiff;
import io.sallyport.usecase.StageRollouts;
import io.sallyport.usecase.VerifyAudit;
import io.sallyport.usecase.WatchRevisions;
import io.sallyport.usecase.WorkOutConsequences;
import io.sallyport.usecase.WriteClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes beans of what callers of the API can ask for. */
final class UseCases {

    @Produces
    @Singleton
    ApplyDocuments applyDocuments(
            Authorizer authorizer,
            CurrentState current,
            PolicyStore store,
            PolicyChecks checks,
            Guardrails guardrails,
            IncrementalCompiler compiler,
            Doorbell doorbell,
            FollowHead followHead,
            WriteClock phases) {
        return new ApplyDocuments(
                authorizer,
                current,
                store,
                checks,
                guardrails,
                compiler,
                doorbell,
                followHead,
                new JsonForm(),
                InstantSource.system(),
                phases);
    }

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
    PutResource putResource(ApplyDocuments applyDocuments, Observe observe, WriteClock phases) {
        return new PutResource(applyDocuments, observe, phases);
    }

    @Produces
    @Singleton
    RecordCrossings recordCrossings(CurrentState current, ApplyDocuments applyDocuments) {
        return new RecordCrossings(current, applyDocuments, InstantSource.system());
    }

    @Produces
    @Singleton
    RevertUnconfirmed revertUnconfirmed(PolicyStore store, ApplyDocuments applyDocuments) {
        return new RevertUnconfirmed(store, applyDocuments, InstantSource.system());
    }

    @Produces
    @Singleton
    ChangeSets changeSets(
            Authorizer authorizer,
            ChangeSetStore drafts,
            PolicyStore store,
            ApplyDocuments applyDocuments,
            PreviewWrite previewWrite) {
        return new ChangeSets(
                authorizer, drafts, store, applyDocuments, previewWrite, new JsonForm(), InstantSource.system());
    }

    @Produces
    @Singleton
    ApproveChangeSet approveChangeSet(
            Authorizer authorizer, ChangeSets changeSets, ApplyDocuments applyDocuments, PolicyStore store) {
        return new ApproveChangeSet(authorizer, changeSets, applyDocuments, store, InstantSource.system());
    }

    @Produces
    @Singleton
    ConfirmRevision confirmRevision(Authorizer authorizer, PolicyStore store) {
        return new ConfirmRevision(authorizer, store, InstantSource.system());
    }

    @Produces
    @Singleton
    DeleteResource deleteResource(ApplyDocuments applyDocuments) {
        return new DeleteResource(applyDocuments);
    }

    @Produces
    @Singleton
    Foresee foresee(
            Observe observe,
            AgentRegistry registry,
            TouchedGateways touched,
            IncrementalCompiler compiler,
            EnvoyCompiler envoyCompiler) {
        return new Foresee(
                observe,
                registry,
                new WorkOutConsequences(touched, compiler),
                new ConfigDiff(new SnapshotParts(), envoyCompiler),
                new JsonForm());
    }

    @Produces
    @Singleton
    PreviewWrite previewWrite(ApplyDocuments applyDocuments, Authorizer authorizer, Foresee foresee) {
        return new PreviewWrite(applyDocuments, authorizer, foresee, InstantSource.system());
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
    AnswerOnce answerOnce(KeptAnswers answers) {
        return new AnswerOnce(answers, InstantSource.system());
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
    RestoreRevision restoreRevision(
            Authorizer authorizer,
            PastStates pastStates,
            CurrentState current,
            ApplyDocuments applyDocuments,
            PreviewWrite previewWrite) {
        return new RestoreRevision(authorizer, pastStates, current, applyDocuments, previewWrite);
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

    @Produces
    @Singleton
    DescribeCaller describeCaller(Authorizer authorizer) {
        return new DescribeCaller(authorizer);
    }

    @Produces
    @Singleton
    AuditRefusals auditRefusals(AuditTrail trail) {
        return new AuditRefusals(trail, InstantSource.system());
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
