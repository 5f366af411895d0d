package io.sallyport.boot;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.agents.DecisionLog;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Revision;
import io.sallyport.store.postgres.Schema;
import io.sallyport.usecase.AuditRefusals;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.DriveRollouts;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.KeepBundle;
import io.sallyport.usecase.KeepLedger;
import io.sallyport.usecase.RecordCrossings;
import io.sallyport.usecase.RevertUnconfirmed;
import io.sallyport.usecase.StageRollouts;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Follows the head, and the clock, for as long as the program runs. */
@Singleton
final class Startup {
    // Longer than a load takes, and short enough that a store that is away does not look like a hanging start.
    private static final Duration FIRST_STATE = Duration.ofSeconds(8);

    // How late it is told of whom refused attempts were left out.
    private static final Duration LEFT_OUT = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(Startup.class);

    private final Schema schema;
    private final FollowHead followHead;
    private final RecordCrossings recordCrossings;
    private final RevertUnconfirmed revertUnconfirmed;
    private final CredentialMeters credentialMeters;
    private final KeepLedger keepLedger;
    private final KeepBundle keepBundle;
    private final DriveRollouts driveRollouts;
    private final AgentMeters agentMeters;
    private final HeadMeters headMeters;
    private final RolloutMeters rolloutMeters;
    private final StageRollouts stageRollouts;
    private final AgentRegistry agents;
    private final DecisionLog decisions;
    private final CurrentState current;
    private final AuditRefusals auditRefusals;
    private final ScheduledExecutorService leftOut = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("record-left-out").daemon().factory());

    @Inject
    Startup(
            Schema schema,
            FollowHead followHead,
            RecordCrossings recordCrossings,
            RevertUnconfirmed revertUnconfirmed,
            CredentialMeters credentialMeters,
            KeepLedger keepLedger,
            KeepBundle keepBundle,
            DriveRollouts driveRollouts,
            AgentMeters agentMeters,
            HeadMeters headMeters,
            RolloutMeters rolloutMeters,
            StageRollouts stageRollouts,
            AgentRegistry agents,
            DecisionLog decisions,
            CurrentState current,
            AuditRefusals auditRefusals) {
        this.schema = schema;
        this.followHead = followHead;
        this.recordCrossings = recordCrossings;
        this.revertUnconfirmed = revertUnconfirmed;
        this.credentialMeters = credentialMeters;
        this.keepLedger = keepLedger;
        this.keepBundle = keepBundle;
        this.driveRollouts = driveRollouts;
        this.agentMeters = agentMeters;
        this.headMeters = headMeters;
        this.rolloutMeters = rolloutMeters;
        this.stageRollouts = stageRollouts;
        this.agents = agents;
        this.decisions = decisions;
        this.current = current;
        this.auditRefusals = auditRefusals;
    }

    void begin(@Observes StartupEvent event) {
        prepareStore();
        credentialMeters.watch(current);
        agentMeters.watch(agents, decisions);
        rolloutMeters.watch(stageRollouts);
        headMeters.watch(followHead, current);
        followHead.start();
        followHead.awaitRevision(Revision.NONE, FIRST_STATE);
        recordCrossings.start();
        revertUnconfirmed.start();
        keepLedger.start();
        keepBundle.start();
        driveRollouts.start();
        var ignored = leftOut.scheduleWithFixedDelay(
                auditRefusals::recordLeftOut, LEFT_OUT.toSeconds(), LEFT_OUT.toSeconds(), TimeUnit.SECONDS);
    }

    // A store that is away is waited for while all else begins; one that cannot be used ends the program here.
    private void prepareStore() {
        try {
            schema.require();
        } catch (FailureException away) {
            LOG.warn("the store does not answer at start");
        }
    }

    void end(@Observes ShutdownEvent event) {
        leftOut.shutdown();
        auditRefusals.recordLeftOut();
        revertUnconfirmed.stop();
        driveRollouts.stop();
        keepLedger.stop();
        keepBundle.stop();
        recordCrossings.stop();
        current.recent().close();
        followHead.stop();
    }
}
