package io.sallyport.push;

import io.grpc.Status;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Sends agents away before this replica stops: it is no longer ready, takes no new streams, and ends those it has one
 * after another, so that the other replicas are not met by all at once. What changes meanwhile still goes out.
 */
@Singleton
public final class Drain {
    /** What new streams are ended with. */
    public static final Status GOING_AWAY =
            Status.UNAVAILABLE.withDescription("This replica stops; connect to another one");

    private static final Logger LOG = Logger.getLogger(Drain.class);

    private final DrainSettings settings;
    private final List<Supplier<Collection<Runnable>>> streams = new CopyOnWriteArrayList<>();
    private volatile boolean hasBegun;

    @Inject
    Drain(DrainSettings settings) {
        this.settings = settings;
    }

    /**
     * Has these sent away, too.
     *
     * @param endings what ends each of the streams that are open when it is asked
     */
    public void register(Supplier<Collection<Runnable>> endings) {
        streams.add(endings);
    }

    public boolean hasBegun() {
        return hasBegun;
    }

    /** While everything is still served, and readiness says that it will not be for long. */
    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        sendAway();
    }

    /** Where the framework sees no time before the end. */
    void begin(@Observes @Priority(1) ShutdownEvent event) {
        if (!hasBegun) {
            sendAway();
        }
    }

    private void sendAway() {
        hasBegun = true;
        List<Runnable> endings = new ArrayList<>();
        streams.forEach(some -> endings.addAll(some.get()));
        if (endings.isEmpty()) {
            return;
        }
        LOG.infof("agents are sent away streams=%d spread=%s", endings.size(), settings.spread());
        Collections.shuffle(endings);
        end(endings);
    }

    // The last one ends with the time, and one alone does not wait for it.
    private void end(List<Runnable> endings) {
        Duration pause = settings.spread().dividedBy(endings.size());
        try {
            for (Runnable ending : endings) {
                ending.run();
                if (endings.size() > 1) {
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException interrupted) {
            endings.forEach(Runnable::run);
            Thread.currentThread().interrupt();
        }
    }
}
