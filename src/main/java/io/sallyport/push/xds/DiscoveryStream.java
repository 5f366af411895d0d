package io.sallyport.push.xds;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Violation;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.AgentStatus.Protocol;
import io.sallyport.domain.rollout.Member;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.push.Allowance;
import io.sallyport.push.CatchUp;
import io.sallyport.push.FailureStatus;
import io.sallyport.push.NodeClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One stream of an Envoy. Whatever happens to it only wakes it; it then works on a virtual thread, one at a time under
 * {@code turn}, and takes what is newest. Requests are asked for one by one, responses made when there is room.
 */
final class DiscoveryStream<Q, R> implements StreamObserver<Q>, WatchedStream {
    private static final Logger LOG = Logger.getLogger(DiscoveryStream.class);

    // It is part of keys in the store.
    private static final int LONGEST_NODE_ID = 1_000;

    private final Variant<Q, R> variant;
    private final Peer peer;
    private final Surroundings surroundings;
    private final ServerCallStreamObserver<R> transport;
    private final Runnable whenOver;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicBoolean isAwake = new AtomicBoolean();
    private final AtomicReference<@Nullable Q> inbox = new AtomicReference<>();
    private final Allowance pace;
    private @Nullable AgentName place;
    private volatile @Nullable Status ending;
    private volatile @Nullable ResourceName gateway;
    private volatile @Nullable Member member;
    private volatile Instant patience = Instant.MAX;
    private final CatchUp catchUp;
    private volatile boolean isHeldUp;
    // Until it is in step for the first time.
    private boolean isNewcomer = true;
    private SnapshotFeed.@Nullable Watch watch;
    private @Nullable Conversation<Q, R> conversation;
    private boolean isOver;

    /** Who is at the other end. */
    record Peer(String id, AgentIdentity identity, String address) {}

    DiscoveryStream(
            Variant<Q, R> variant,
            Peer peer,
            Surroundings surroundings,
            ServerCallStreamObserver<R> transport,
            Runnable whenOver) {
        this.variant = variant;
        this.peer = peer;
        this.surroundings = surroundings;
        this.transport = transport;
        this.whenOver = whenOver;
        this.pace = surroundings.limits.requests().allowance();
        this.catchUp = new CatchUp(surroundings.timeliness);
    }

    void begin() {
        transport.disableAutoRequest();
        transport.setOnReadyHandler(this::wake);
        transport.setOnCancelHandler(() -> end(Status.CANCELLED));
        transport.setOnCloseHandler(() -> end(Status.CANCELLED));
        transport.request(1);
    }

    @Override
    public void onNext(Q request) {
        inbox.set(request);
        wake();
    }

    @Override
    public void onError(Throwable gone) {
        end(Status.CANCELLED);
    }

    @Override
    public void onCompleted() {
        end(Status.OK);
    }

    @Override
    public void end(Status status) {
        if (ending == null) {
            ending = status;
        }
        wake();
    }

    /** Wakes it where time or somebody else's change makes it due. */
    @Override
    public void look(Instant now) {
        ResourceName known = gateway;
        boolean outcast = known != null && !surroundings.admission.isAdmitted(peer.identity(), known);
        if (outcast || isHeldUp || inbox.get() != null || !now.isBefore(patience)) {
            wake();
        }
    }

    private void wake() {
        if (isAwake.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::takeTurn);
        }
    }

    private void takeTurn() {
        turn.lock();
        try {
            catchUp.awaitBriefly();
            isAwake.set(false);
            if (isNewcomer) {
                surroundings.newcomers.run(this::workUnlessOver);
            } else {
                workUnlessOver();
            }
        } catch (FailureException refused) {
            finish(FailureStatus.of(refused.failure()));
        } catch (StatusRuntimeException refused) {
            finish(refused.getStatus());
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "xDS stream failed agent=%s", peer.id());
            finish(Status.INTERNAL.withDescription("The server failed; its log says why, for agent " + peer.id()));
        } finally {
            turn.unlock();
        }
    }

    private void workUnlessOver() {
        if (!isOver) {
            work();
        }
    }

    private void work() {
        Status end = ending;
        if (end != null) {
            finish(end);
            return;
        }
        Q request = inbox.get();
        if (request != null && begins(request)) {
            converse(request);
        }
        Conversation<Q, R> current = conversation;
        Member known = member;
        if (current != null && known != null) {
            surroundings.admission.check(peer.identity(), known.name().gateway());
            newest(known).ifPresent(current::aimAt);
            send(current);
            patience = current.patience();
        }
    }

    private void send(Conversation<Q, R> current) {
        boolean mayNot = !catchUp.maySend();
        if (mayNot != isHeldUp) {
            isHeldUp = mayNot;
            String reason = mayNot ? catchUp.waitingFor() : "";
            surroundings.registry.update(
                    peer.id(), status -> status.with(status.progress().withWaitingFor(reason)));
        }
        if (!isHeldUp) {
            current.send(transport, surroundings.now());
            isNewcomer = isNewcomer && !current.isInStep();
        }
    }

    private void converse(Q request) {
        Conversation<Q, R> current = conversation;
        if (current == null) {
            return;
        }
        // What is too much stays in the inbox, which is looked at now and then, and the next is not asked for.
        if (!pace.take(System.nanoTime(), variant.effort().applyAsDouble(request))) {
            surroundings.counts.count(StreamLimit.REQUESTS);
            return;
        }
        inbox.set(null);
        if (Possessions.areIn(request)) {
            catchUp.hasSomething();
        }
        current.receive(variant.typeUrl().apply(request), request);
        transport.request(1);
    }

    /** False while this replica does not know enough; the request then waits. */
    private boolean begins(Q request) {
        if (conversation != null) {
            return true;
        }
        if (!catchUp.mayBegin()) {
            return false;
        }
        Node node = variant.node().apply(request);
        check(node);
        if (gateway == null && surroundings.feed.revision().number() > 0) {
            enter(NodeClaim.admit(surroundings.admission, peer.identity(), node.getCluster()), node);
        }
        Member known = member;
        if (known != null) {
            surroundings.admission.check(peer.identity(), known.name().gateway());
            Optional<EnvoySnapshots.Newest> first = newest(known);
            conversation = first.map(newest ->
                            new Conversation<>(variant, peer.id(), known.name().toString(), surroundings, newest))
                    .orElse(null);
        }
        return conversation != null;
    }

    private void check(Node node) {
        if (node.getSerializedSize() > surroundings.limits.nodeBytes()) {
            throw surroundings.counts.refusal(
                    StreamLimit.NODE_BYTES,
                    "The node of the first request has %d bytes; %d are the most"
                            .formatted(node.getSerializedSize(), surroundings.limits.nodeBytes()));
        }
        boolean isPlain = node.getId().chars().noneMatch(Character::isISOControl);
        if (node.getIdBytes().size() > LONGEST_NODE_ID || !isPlain) {
            throw FailureException.invalid(List.of(new Violation(
                    "/node/id",
                    "MalformedNodeId",
                    "a node id has %d bytes at most and no control characters".formatted(LONGEST_NODE_ID))));
        }
    }

    private Optional<EnvoySnapshots.Newest> newest(Member known) {
        Optional<EnvoySnapshots.Newest> newest = surroundings.snapshots.newest(known);
        newest.ifPresent(this::refuseWhatCannotLapse);
        return newest;
    }

    // A time limit in the state of the world crashes Envoy; to serve it without one would break the operator's word.
    private void refuseWhatCannotLapse(EnvoySnapshots.Newest newest) {
        boolean lapses = !Lease.of(newest.resources().source()).isEndless();
        if (lapses && variant.protocol() == Protocol.XDS_STATE_OF_THE_WORLD) {
            throw Status.FAILED_PRECONDITION
                    .withDescription(("Gateway %s lapses without its control plane, which the state of the world cannot"
                                    + " carry: use delta (api_type DELTA_GRPC)")
                            .formatted(gateway))
                    .asRuntimeException();
        }
    }

    private void enter(ResourceName admitted, Node node) {
        gateway = admitted;
        watch = surroundings.feed.watch(admitted, this::wake);
        AgentStatus status = AgentStatus.connected(
                        peer.id(),
                        variant.protocol(),
                        peer.identity().principal(),
                        admitted,
                        node.getId(),
                        peer.address(),
                        surroundings.now())
                .labelled(NodeLabels.of(node));
        place = status.name();
        surroundings.places.enter(status.name());
        member = status.member();
        surroundings.registry.connected(status);
        LOG.infof(
                "agent connected agent=%s client=%s gateway=%s node=%s",
                peer.id(), peer.identity().principal(), admitted, Conversation.shortened(node.getId()));
    }

    private void finish(Status status) {
        if (isOver) {
            return;
        }
        isOver = true;
        SnapshotFeed.Watch watching = watch;
        if (watching != null) {
            watching.close();
        }
        surroundings.registry.gone(peer.id());
        AgentName left = place;
        if (left != null) {
            surroundings.places.leave(left);
        }
        whenOver.run();
        LOG.infof("agent stream ended agent=%s status=%s", peer.id(), status.getCode());
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
