package io.sallyport.rest;

import io.quarkus.runtime.ShutdownEvent;
import io.sallyport.usecase.Watch;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The watches that are open, and one thread that ends those whose reader has stopped reading. */
@Singleton
public class WatchStreams {
    private static final Duration STUCK = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Set<WatchStream> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread looking = Thread.ofVirtual().name("watch-readers").unstarted(this::lookForever);
    private boolean isLooking;

    WatchStream open(Watch watch, Optional<Instant> end, HttpServerResponse response) {
        startLooking();
        return new WatchStream(watch, end, response::reset, open);
    }

    private synchronized void startLooking() {
        if (!isLooking) {
            looking.start();
            isLooking = true;
        }
    }

    private void lookForever() {
        try {
            while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                open.stream().filter(stream -> stream.isStuckFor(STUCK)).forEach(WatchStream::cut);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    void end(@Observes ShutdownEvent event) {
        stopping.countDown();
    }
}
