package io.sallyport.boot;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.identity.Authorizer;
import io.sallyport.rest.json.JsonForm;
import io.sallyport.rest.json.SnapshotParts;
import io.sallyport.store.AuditTrail;
import io.sallyport.store.ChangeSetStore;
import io.sallyport.store.Doorbell;
import io.sallyport.store.KeptAnswers;
import io.sallyport.store.PolicyStore;
import io.sallyport.usecase.AnswerOnce;
import io.sallyport.usecase.ApplyDocuments;
import io.sallyport.usecase.ApproveChangeSet;
import io.sallyport.usecase.AuditRefusals;
import io.sallyport.usecase.ChangeSets;
import io.sallyport.usecase.ConfigDiff;
import io.sallyport.usecase.ConfirmRevision;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.DeleteResource;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.Foresee;
import io.sallyport.usecase.Observe;
import io.sallyport.usecase.PastStates;
import io.sallyport.usecase.PreviewWrite;
import io.sallyport.usecase.PutResource;
import io.sallyport.usecase.RecordCrossings;
import io.sallyport.usecase.RestoreRevision;
import io.sallyport.usecase.RevertUnconfirmed;
import io.sallyport.usecase.WorkOutConsequences;
import io.sallyport.usecase.WriteClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes beans of what callers of the API write with. */
final class WriteUseCases {

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
    AnswerOnce answerOnce(KeptAnswers answers) {
        return new AnswerOnce(answers, InstantSource.system());
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
    AuditRefusals auditRefusals(AuditTrail trail) {
        return new AuditRefusals(trail, InstantSource.system());
    }
}
