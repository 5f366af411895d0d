package io.sallyport.push.xds;

import io.sallyport.agents.Quarantines;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.Quarantine;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.usecase.HoldBack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What clients refuse, and accepted last, whatever stream they did so on, and at which replica; only of those who refuse something. Guards
 * itself; the oldest are forgotten.
 */
final class Firewalls {
    private static final int MOST = 1_000;

    private final HoldBack holdBack;
    private final Function<Snapshot, EnvoySnapshot> compiler;
    private final Quarantines quarantines;
    private final SequencedMap<String, Firewall.Known> known = new LinkedHashMap<>();

    /** Of one replica alone. */
    Firewalls(HoldBack holdBack, Function<Snapshot, EnvoySnapshot> compiler) {
        this(holdBack, compiler, new Quarantines());
    }

    Firewalls(HoldBack holdBack, Function<Snapshot, EnvoySnapshot> compiler, Quarantines quarantines) {
        this.holdBack = holdBack;
        this.compiler = compiler;
        this.quarantines = quarantines;
    }

    /** Of one client, by all that we know it by. */
    Firewall of(String agent, EnvoySnapshot first) {
        return new Firewall(holdBack, compiler, memory(agent), first);
    }

    private Firewall.Memory memory(String agent) {
        return new Firewall.Memory() {
            @Override
            public Firewall.Known known() {
                return Firewalls.this.known(agent);
            }

            @Override
            public void keep(Firewall.Known news) {
                remember(agent, news);
            }
        };
    }

    private Firewall.Known known(String agent) {
        Quarantine told = quarantines.of(agent);
        Firewall.Known here = here(agent);
        boolean isNewest = guilty(here.guilty()).equals(told.guilty());
        return isNewest ? here : madeAnew(told);
    }

    private synchronized Firewall.Known here(String agent) {
        return known.getOrDefault(agent, Firewall.Known.NOTHING);
    }

    /** What another replica found, from the history; nothing where that cannot be read now, and it is found once more. */
    private Firewall.Known madeAnew(Quarantine told) {
        Map<ResourceKey, Firewall.Guilt> guilty = new TreeMap<>();
        Optional<DesiredState> accepted = holdBack.at(told.accepted());
        for (Quarantine.Guilty one : told.guilty()) {
            Optional<DesiredState> heldFrom = holdBack.at(one.heldFrom());
            Optional<DesiredState> refusedAt = holdBack.at(one.refusedAt());
            if (accepted.isEmpty() || heldFrom.isEmpty() || refusedAt.isEmpty()) {
                return Firewall.Known.NOTHING;
            }
            accepted = Optional.of(holdBack.holding(heldFrom.get(), accepted.get(), List.of(one.object())));
            guilty.put(
                    one.object(),
                    new Firewall.Guilt(
                            one.reason(),
                            one.refusedAt(),
                            one.heldFrom(),
                            holdBack.madeFrom(refusedAt.get(), one.object())));
        }
        return guilty.isEmpty()
                ? Firewall.Known.NOTHING
                : new Firewall.Known(new Firewall.Accepted("", accepted), guilty, true);
    }

    private void remember(String agent, Firewall.Known news) {
        rememberHere(agent, news);
        Revision accepted = news.accepted().mixed().map(DesiredState::revision).orElse(Revision.NONE);
        quarantines.change(agent, before -> before.withGuilty(accepted, guilty(news.guilty())));
    }

    private static List<Quarantine.Guilty> guilty(Map<ResourceKey, Firewall.Guilt> guilty) {
        return guilty.entrySet().stream()
                .map(entry -> new Quarantine.Guilty(
                        entry.getKey(),
                        entry.getValue().reason(),
                        entry.getValue().refusedAt(),
                        entry.getValue().heldFrom()))
                .toList();
    }

    private synchronized void rememberHere(String agent, Firewall.Known news) {
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
