package io.sallyport.push.agent;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.rollout.Member;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.push.CatchUp;
import io.sallyport.push.FailureStatus;
import io.sallyport.push.agent.v1.AgentProtocol.AgentMessage;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jboss.logging.Logger;

/**
 * One stream of the agent protocol, on a virtual thread of its own. Other threads only use the mailbox and the two
 * volatile flags; everything else belongs to that thread.
 */
final class AgentStream implements StreamObserver<AgentMessage>, Runnable {
    private static final Logger LOG = Logger.getLogger(AgentStream.class);

    private final AgentPeer peer;
    private final Surroundings surroundings;
    private final ServerCallStreamObserver<ServerMessage> transport;
    private final Mailbox mailbox = new Mailbox();
    private final Queue<ServerMessage> outbox = new ArrayDeque<>();
    private final Deadlines deadlines;
    private final Patience patience = new Patience();
    private Duration pause;
    private final CatchUp catchUp;
    private volatile boolean isOver;
    private volatile boolean isDraining;

    AgentStream(AgentPeer peer, Surroundings surroundings, ServerCallStreamObserver<ServerMessage> transport) {
        this.peer = peer;
        this.surroundings = surroundings;
        this.transport = transport;
        this.catchUp = new CatchUp(surroundings.timeliness());
        this.pause = surroundings.settings().checkInterval();
        this.deadlines = new Deadlines(peer.identity(), surroundings.settings(), surroundings.now());
        transport.setOnReadyHandler(mailbox::wake);
        transport.setOnCancelHandler(this::onCompleted);
        transport.disableAutoRequest();
    }

    @Override
    public void onNext(AgentMessage message) {
        mailbox.put(message);
    }

    @Override
    public void onError(Throwable gone) {
        onCompleted();
    }

    @Override
    public void onCompleted() {
        isOver = true;
        mailbox.wake();
    }

    /** Tells the agent that the server goes away, and ends the stream. */
    void drain() {
        isDraining = true;
        mailbox.wake();
    }

    @Override
    public void run() {
        try {
            transport.request(1);
            awaitHello();
            end(Status.OK);
        } catch (FailureException failure) {
            end(FailureStatus.of(failure.failure()));
        } catch (StatusRuntimeException refusal) {
            end(refusal.getStatus());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            end(Status.UNAVAILABLE);
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "agent stream failed agent=%s", peer.id());
            end(Status.INTERNAL.withDescription("the server failed; its log says why, for agent " + peer.id()));
        }
    }

    private void awaitHello() throws InterruptedException {
        while (!isOver) {
            for (AgentMessage first : listen()) {
                converse(Greeting.read(first));
            }
            deadlines.check(surroundings.now(), false);
        }
    }

    private void converse(Greeting greeting) throws InterruptedException {
        if (!greeting.holdsNothing()) {
            catchUp.hasSomething();
        }
        catchUp.awaitBriefly();
        surroundings.admission().check(peer.identity(), greeting.gateway());
        AgentStatus status = status(greeting);
        surroundings.registry().connected(status);
        try (SnapshotFeed.Watch _ = surroundings.feed().watch(greeting.gateway(), mailbox::wake)) {
            AgentSession session = new AgentSession(peer.id(), surroundings.registry(), greeting);
            outbox.add(ControlMessages.welcome(greeting.protocol(), surroundings.settings()));
            LOG.infof(
                    "agent connected agent=%s client=%s gateway=%s name=%s held=%s",
                    peer.id(),
                    peer.identity().principal(),
                    greeting.gateway(),
                    greeting.name(),
                    greeting.holdsNothing() ? "nothing" : greeting.held().version());
            mailbox.wake();
            while (!isOver) {
                takeTurn(status.member(), session);
            }
        } finally {
            surroundings.registry().gone(peer.id());
        }
    }

    private void takeTurn(Member member, AgentSession session) throws InterruptedException {
        listen().forEach(session::receive);
        surroundings.admission().check(peer.identity(), member.name().gateway());
        // Read before the snapshot, so that the snapshot is of that revision or of a later one.
        Revision reached = surroundings.feed().revision();
        surroundings.snapshots().newest(member).ifPresent(wanted -> serve(wanted, reached, session));
        send();
        deadlines.check(surroundings.now(), session.isWaitingForAnswer());
    }

    private void serve(AgentSnapshot wanted, Revision reached, AgentSession session) {
        ControlPlaneLoss loss = wanted.onControlPlaneLoss();
        Duration silence = surroundings.silence();
        Instant now = surroundings.now();
        pause = Patience.pause(loss, surroundings.settings().checkInterval());
        if (Patience.isOver(loss, silence) || !maySend(session)) {
            return;
        }
        queue(patience.limited(session.messagesTo(wanted, reached), loss, now, silence));
        // A renewal awaits no answer, so it is none of the deadlines' business.
        if (outbox.isEmpty() && transport.isReady()) {
            patience.renewal(loss, now, silence).ifPresent(transport::onNext);
        }
    }

    private boolean maySend(AgentSession session) {
        boolean may = catchUp.maySend();
        session.holdUp(may ? "" : catchUp.waitingFor());
        return may;
    }

    private List<AgentMessage> listen() throws InterruptedException {
        List<AgentMessage> messages = mailbox.take(pause);
        if (!messages.isEmpty()) {
            deadlines.heard(surroundings.now());
            transport.request(messages.size());
        }
        if (isDraining) {
            transport.onNext(ControlMessages.drain(surroundings.settings()));
            throw Status.UNAVAILABLE.withDescription("the server goes away").asRuntimeException();
        }
        return messages;
    }

    private void queue(List<ServerMessage> messages) {
        if (outbox.addAll(messages)) {
            deadlines.sent(surroundings.now());
        }
    }

    private void send() {
        while (!outbox.isEmpty() && transport.isReady()) {
            transport.onNext(outbox.remove());
            deadlines.sent(surroundings.now());
        }
    }

    private AgentStatus status(Greeting greeting) {
        return AgentStatus.connected(
                        peer.id(),
                        AgentStatus.Protocol.AGENT,
                        peer.identity().principal(),
                        greeting.gateway(),
                        greeting.name(),
                        peer.address(),
                        surroundings.now())
                .labelled(greeting.labels());
    }

    private void end(Status status) {
        LOG.infof(
                "agent stream ended agent=%s status=%s reason=%s",
                peer.id(),
                status.getCode(),
                Optional.ofNullable(status.getDescription()).orElse("none"));
        if (transport.isCancelled()) {
            return;
        }
        if (status.isOk()) {
            transport.onCompleted();
        } else {
            transport.onError(status.asRuntimeException());
        }
    }
}
