package io.sallyport.rest;

import io.sallyport.domain.FailureException;
import io.sallyport.rest.json.WatchJson;
import io.sallyport.usecase.Watch;
import io.sallyport.usecase.WatchEvent;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * One watch on its way to its reader. What is next is made when the last was taken, so that a slow reader has one event
 * and what the connection buffers, and no queue.
 */
final class WatchStream implements StreamingOutput {
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(WatchStream.class);
    private static final long IDLE = Long.MIN_VALUE;

    private final Watch watch;
    private final Optional<Instant> end;
    private final Runnable reset;
    private final Set<WatchStream> open;
    // Since when it waits for its reader to take what was written; written by its own thread, read by who looks after
    // it.
    private volatile long writingSince = IDLE;

    WatchStream(Watch watch, Optional<Instant> end, Runnable reset, Set<WatchStream> open) {
        this.watch = watch;
        this.end = end;
        this.reset = reset;
        this.open = open;
    }

    boolean isStuckFor(Duration time) {
        long since = writingSince;
        return since != IDLE && System.nanoTime() - since > time.toNanos();
    }

    void cut() {
        LOG.infof("a watch was cut, its reader stopped reading position=%s", watch.position());
        reset.run();
    }

    @Override
    public void write(OutputStream output) {
        watch.begin();
        open.add(this);
        try {
            send(output, "start", WatchJson.position(watch.position()));
            while (!isOver() && !watch.isEnded()) {
                Optional<WatchEvent> event = watch.next(patience());
                if (event.isPresent()) {
                    send(output, "revision", WatchJson.write(event.get()));
                } else {
                    send(output, "heartbeat", WatchJson.position(watch.position()));
                }
            }
            send(output, "end", WatchJson.end(isOver() ? "TokenExpired" : "Restart"));
        } catch (IOException gone) {
            LOG.debug("a watch was left by its reader", gone);
        } catch (FailureException away) {
            LOG.debug("a watch ended, what is next cannot be read", away);
        } finally {
            open.remove(this);
            watch.close();
        }
    }

    private boolean isOver() {
        return end.filter(time -> !Instant.now().isBefore(time)).isPresent();
    }

    private Duration patience() {
        Duration left = end.map(time -> Duration.between(Instant.now(), time)).orElse(HEARTBEAT);
        return left.compareTo(HEARTBEAT) < 0 ? left : HEARTBEAT;
    }

    // The id is where to go on after this event, so it comes with what is told and never before it.
    private void send(OutputStream output, String event, String data) throws IOException {
        String text = "event: %s\nid: %s\ndata: %s\n\n".formatted(event, watch.position(), data);
        writingSince = System.nanoTime();
        output.write(text.getBytes(StandardCharsets.UTF_8));
        output.flush();
        writingSince = IDLE;
    }
}
