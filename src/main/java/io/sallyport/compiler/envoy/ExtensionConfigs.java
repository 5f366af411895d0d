package io.sallyport.compiler.envoy;

import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The extension configurations of a snapshot, able to serve requests that come by the routes of earlier ones too. */
final class ExtensionConfigs {
    private final Snapshot target;
    private final Collection<Snapshot> before;

    ExtensionConfigs(Snapshot target, Collection<Snapshot> before) {
        this.target = target;
        this.before = before;
    }

    Stream<Part> parts() {
        return target.listeners().stream().flatMap(this::ofListener);
    }

    private Stream<Part> ofListener(ListenerSnapshot listener) {
        return switch (listener.listener().protocol()) {
            case HTTP, HTTPS -> ofHttp(listener);
            case CONNECT -> Stream.concat(ofHttp(listener), new Tunnels(target).extensions(listener));
            case TLS -> new TlsTables(target, listener, earlier(listener).toList()).parts();
            case TCP -> new TcpTables(target, listener).parts();
        };
    }

    private Stream<Part> ofHttp(ListenerSnapshot listener) {
        return new HttpTables(target, listener, earlier(listener).toList()).parts(classes());
    }

    // Rules still in effect may ask for a class that is gone; for one that is not, the target says who it is.
    private List<SourceClass> classes() {
        if (before.isEmpty()) {
            return target.sources();
        }
        SortedMap<String, SourceClass> classes = new TreeMap<>();
        Stream.concat(before.stream(), Stream.of(target))
                .flatMap(snapshot -> snapshot.sources().stream())
                .forEach(sourceClass -> classes.put(sourceClass.id(), sourceClass));
        return List.copyOf(classes.values());
    }

    private Stream<ListenerSnapshot> earlier(ListenerSnapshot listener) {
        return before.stream()
                .flatMap(snapshot -> snapshot.listeners().stream())
                .filter(each ->
                        each.listener().name().equals(listener.listener().name()))
                .filter(each ->
                        each.listener().protocol() == listener.listener().protocol());
    }
}
