package io.sallyport.local.replicas;

import io.sallyport.local.ControlPlane;
import io.sallyport.local.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A control plane that dies and is started again, at the same ports, with a folder of its own. {@code this} guards what is
 * done to it; whether it is up can be asked meanwhile.
 */
final class Replica implements AutoCloseable {
    private final String name;
    private final Map<String, String> settings;
    private final Path folder;
    private final int httpPort = Ports.free();
    private final int grpcPort = Ports.free();
    private volatile @Nullable ControlPlane running;
    private boolean isPaused;
    private int starts;

    Replica(String name, Map<String, String> common, Path folder) {
        this.name = name;
        this.folder = folder.resolve(name);
        this.settings = new LinkedHashMap<>(common);
        settings.put("SALLYPORT_BUNDLE_FOLDER", this.folder.resolve("bundle").toString());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    String grpc() {
        return "127.0.0.1:" + grpcPort;
    }

    boolean isUp() {
        ControlPlane now = running;
        return now != null && now.process().isAlive();
    }

    synchronized void start() {
        if (!isUp()) {
            starts++;
            running =
                    ControlPlane.start(httpPort, grpcPort, settings, folder.resolve("start-%d.log".formatted(starts)));
        }
    }

    void awaitReady() {
        ControlPlane started = running;
        if (started != null) {
            started.awaitReady();
        }
    }

    synchronized void pause() {
        signal(Signal.STOP);
        isPaused = true;
    }

    synchronized void resume() {
        if (isPaused) {
            signal(Signal.CONT);
            isPaused = false;
        }
    }

    /** Without a word. */
    synchronized void kill() {
        signal(Signal.KILL);
        end();
    }

    /** As an orderly stop; returns when it has ended. */
    synchronized void stop() {
        resume();
        signal(Signal.TERM);
        end();
    }

    private void signal(Signal signal) {
        ControlPlane now = running;
        if (now != null && now.process().isAlive()) {
            signal.to(now.process().pid());
        }
    }

    private void end() {
        ControlPlane now = running;
        running = null;
        if (now != null) {
            now.process().awaitEnd();
            now.process().close();
        }
        isPaused = false;
    }

    @Override
    public synchronized void close() {
        resume();
        ControlPlane now = running;
        if (now != null) {
            now.process().close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
