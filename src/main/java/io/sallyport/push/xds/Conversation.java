package io.sallyport.push.xds;

import io.grpc.stub.ServerCallStreamObserver;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Violation;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session and its entry among the connected agents. */
final class Conversation<Q, R> {
    private static final int LONGEST_ERROR = 500;

    private final String agent;
    private final Surroundings surroundings;
    private final Session<Q, R> session;
    private Map<String, String> fingerprints;
    private String toldSent = "";
    private String toldAcknowledged = "";
    private String toldError = "";
    private List<Held> toldHeld = List.of();
    private String toldWaiting = "";

    /** {@code node} is who it is across streams. */
    Conversation(
            Variant<Q, R> variant, String agent, String node, Surroundings surroundings, EnvoySnapshots.Newest first) {
        this.agent = agent;
        this.surroundings = surroundings;
        this.session = new Session<>(
                variant,
                surroundings.contents,
                surroundings.refusedSecrets.of(node),
                new StreamLedger(agent, surroundings.registry),
                surroundings.firewalls.of(node, first.resources()),
                first.resources(),
                first.version());
        this.fingerprints = first.fingerprints();
    }

    void receive(String typeUrl, Q request) {
        if (typeUrl.isEmpty()) {
            throw FailureException.invalid(
                    List.of(new Violation("/type_url", "Missing", "the request names no type of resource")));
        }
        session.receive(typeUrl, request);
    }

    void aimAt(EnvoySnapshots.Newest newest) {
        fingerprints = newest.fingerprints();
        session.aimAt(newest.resources(), newest.version());
    }

    /** As much as there is room for. */
    void send(ServerCallStreamObserver<R> transport, Instant now) {
        boolean sentSome = false;
        while (transport.isReady()) {
            Optional<R> response = session.next(now, surroundings.silence());
            if (response.isEmpty()) {
                break;
            }
            transport.onNext(response.get());
            sentSome = true;
        }
        report(sentSome);
    }

    /** Whether its client has all that it is to have for now. */
    boolean isInStep() {
        return session.isInStep() || session.isInStepButForHeld();
    }

    Instant patience() {
        return session.deadline();
    }

    private void report(boolean sentSome) {
        String version = session.version().toString();
        session.tellLedger();
        boolean inStep = session.isInStep();
        if ((sentSome || inStep) && !version.equals(toldSent)) {
            toldSent = version;
            surroundings.registry.update(agent, status -> status.withSent(version));
        }
        if (inStep && !(version.equals(toldAcknowledged) && toldError.isEmpty())) {
            toldAcknowledged = version;
            toldError = "";
            session.forgetError();
            surroundings.registry.update(agent, status -> status.withAcknowledged(version));
            surroundings.registry.effectiveOnceProven(agent, session.version(), fingerprints);
        }
        if (session.isInStepButForHeld() && !version.equals(toldAcknowledged)) {
            toldAcknowledged = version;
            toldError = "";
            surroundings.registry.update(agent, status -> status.withAcknowledged(version));
        }
        reportHeld();
        reportWaiting();
        String error = shortened(session.error());
        if (!error.equals(toldError)) {
            toldError = error;
            surroundings.registry.update(agent, (AgentStatus status) -> status.withError(error));
        }
    }

    private void reportWaiting() {
        String waiting = session.waitingFor();
        if (!waiting.equals(toldWaiting)) {
            toldWaiting = waiting;
            surroundings.registry.update(
                    agent, status -> status.with(status.progress().withWaitingFor(waiting)));
        }
    }

    private void reportHeld() {
        List<Held> held = session.held();
        if (!held.equals(toldHeld)) {
            toldHeld = held;
            surroundings.registry.held(agent, held);
        }
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "…";
    }
}
