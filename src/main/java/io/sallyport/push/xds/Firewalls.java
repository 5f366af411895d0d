package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.usecase.HoldBack;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What clients refuse, and accepted last, whatever stream they did so on; only of those who refuse something. Guards
 * itself; the oldest are forgotten.
 */
final class Firewalls {
    private static final int MOST = 1_000;

    private final HoldBack holdBack;
    private final Function<Snapshot, EnvoySnapshot> compiler;
    private final SequencedMap<String, Known> known = new LinkedHashMap<>();

    private record Known(Firewall.Accepted accepted, Map<ResourceKey, Firewall.Guilt> guilty) {
        static final Known NOTHING = new Known(Firewall.Accepted.UNKNOWN, Map.of());
    }

    Firewalls(HoldBack holdBack, Function<Snapshot, EnvoySnapshot> compiler) {
        this.holdBack = holdBack;
        this.compiler = compiler;
    }

    /** Of one client, by all that we know it by. */
    Firewall of(String agent, EnvoySnapshot first) {
        return new Firewall(holdBack, compiler, memory(agent), first);
    }

    private Firewall.Memory memory(String agent) {
        return new Firewall.Memory() {
            @Override
            public Firewall.Accepted accepted() {
                return known(agent).accepted();
            }

            @Override
            public Map<ResourceKey, Firewall.Guilt> guilty() {
                return known(agent).guilty();
            }

            @Override
            public void keep(Firewall.Accepted accepted, Map<ResourceKey, Firewall.Guilt> guilty) {
                remember(agent, new Known(accepted, new TreeMap<>(guilty)));
            }
        };
    }

    private synchronized Known known(String agent) {
        return known.getOrDefault(agent, Known.NOTHING);
    }

    private synchronized void remember(String agent, Known news) {
        if (news.guilty().isEmpty()) {
            known.remove(agent);
            return;
        }
        known.putLast(agent, news);
        if (known.size() > MOST) {
            known.pollFirstEntry();
        }
    }
}
