package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * For how long an Envoy may believe what it was sent without hearing of it again. Of what is over it refuses the use by
 * itself: extension configurations fall back to a refusal, and listeners that only pass bytes on go, with their flows.
 * Routes, endpoints and secrets are never limited: Envoy goes on with them (or crashes, in the state of the world).
 *
 * @param isEndless whether it goes on by itself; the rest says nothing then
 * @param after for how long it is patient
 * @param silence for how long this replica has not heard of its store; nobody is promised more than what is left
 * @param listeners those that go
 */
record Lease(boolean isEndless, Duration after, Duration silence, Set<String> listeners) {
    static final Lease ENDLESS = new Lease(true, Duration.ZERO, Duration.ZERO, Set.of());

    // Two renewals may be lost before anything lapses.
    private static final int RENEWALS = 3;

    static Lease of(Snapshot snapshot) {
        return switch (snapshot.settings().conduct().onControlPlaneLoss()) {
            case ControlPlaneLoss.Keep ignored -> ENDLESS;
            case ControlPlaneLoss.Lapse lapse ->
                new Lease(
                        false,
                        lapse.after(),
                        Duration.ZERO,
                        snapshot.listeners().stream()
                                .map(ListenerSnapshot::listener)
                                .filter(Lease::passesBytesOn)
                                .map(listener -> listener.name().value())
                                .collect(Collectors.toUnmodifiableSet()));
        };
    }

    private static boolean passesBytesOn(Listener listener) {
        return switch (listener.protocol()) {
            case TLS, TCP -> true;
            case HTTP, HTTPS, CONNECT -> false;
        };
    }

    Lease afterSilence(Duration newSilence) {
        return isEndless ? this : new Lease(false, after, newSilence, listeners);
    }

    boolean covers(WireType type, String name) {
        return !isEndless
                && (type.url().equals(ResourceType.EXTENSION_CONFIG.typeUrl())
                        || (type.url().equals(ResourceType.LISTENER.typeUrl()) && listeners.contains(name)));
    }

    /** Whether it limits the same resources. */
    boolean coversAs(Lease other) {
        return isEndless == other.isEndless && listeners.equals(other.listeners);
    }

    /** For how long what is sent now may be believed. */
    Duration left() {
        return after.minus(silence);
    }

    /** Whether this replica has been cut off for so long that it may let nobody believe anything. */
    boolean isOver() {
        return !isEndless && !left().isPositive();
    }

    /** How often a client is told that what it has still holds. */
    Duration interval() {
        return after.dividedBy(RENEWALS);
    }
}
