package io.sallyport.local;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.Snapshot;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What of a gateway is compiled again because of one changed rule: all that is not the very same object as before. */
final class BenchCompilation {
    private static final int ROUNDS = 10;

    private final ResourceName gateway;
    private final IncrementalCompiler compiler = new IncrementalCompiler();
    private final EnvoyCompiler envoyCompiler = new EnvoyCompiler();
    private DesiredState state;
    private EnvoySnapshot newest;

    BenchCompilation(BenchDocuments documents) {
        gateway = ResourceName.parse(documents.gateway());
        state = BenchState.of(documents.parts());
        newest = envoyCompiler.compile(compiler.compile(state, gateway));
    }

    EnvoySnapshot newest() {
        return newest;
    }

    /** After some rounds to warm up. */
    String oneChangedRule(BenchDocuments documents) {
        for (int round = 0; round < ROUNDS; round++) {
            follow(documents.callerRule(0, round % 2 == 0 ? "Deny" : "Allow"));
        }
        EnvoySnapshot before = newest;
        long start = System.nanoTime();
        follow(documents.callerRule(0, "Deny"));
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return "one changed rule of %d: compiled anew %d of %d hosts, %d of %d resources for Envoy, in %.1f ms"
                .formatted(
                        2 * documents.hosts(),
                        made(hosts(before.source()), hosts(newest.source())),
                        hosts(newest.source()).count(),
                        made(resources(before), resources(newest)),
                        resources(newest).count(),
                        time.toNanos() / 1e6);
    }

    private void follow(String document) {
        state = BenchState.with(state, List.of(document));
        newest = envoyCompiler.compile(compiler.compile(state, gateway), List.of(newest));
    }

    private static Stream<HostEntry> hosts(Snapshot snapshot) {
        return snapshot.listeners().stream().flatMap(listener -> listener.hosts().stream());
    }

    private static Stream<EnvoyResource> resources(EnvoySnapshot snapshot) {
        return snapshot.resources().values().stream().flatMap(type -> type.values().stream());
    }

    private static <T> long made(Stream<T> before, Stream<T> after) {
        Set<T> known = Collections.newSetFromMap(new IdentityHashMap<>());
        before.forEach(known::add);
        return after.filter(one -> !known.contains(one)).count();
    }
}
