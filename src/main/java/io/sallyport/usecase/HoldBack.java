package io.sallyport.usecase;

import io.sallyport.compiler.HeldBack;
import io.sallyport.compiler.MadeFrom;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.risk.Narrowed;
import io.sallyport.compiler.risk.Narrowing;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.Shut;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.PublishedStates;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** What to run where an agent refuses what came of some objects. */
public final class HoldBack {
    private final PublishedStates states;
    private final SnapshotCompiler compiler;
    private final Function<Revision, DesiredState> history;

    /** Without a history. */
    public HoldBack(PublishedStates states, SnapshotCompiler compiler) {
        this(states, compiler, revision -> {
            throw new FailureException(new Failure.Unavailable("there is no history"));
        });
    }

    /** @param history everything at an older revision; may throw {@link FailureException} */
    public HoldBack(PublishedStates states, SnapshotCompiler compiler, Function<Revision, DesiredState> history) {
        this.states = states;
        this.compiler = compiler;
        this.history = history;
    }

    /** Everything at an older revision; empty where it cannot be had now. */
    public Optional<DesiredState> at(Revision revision) {
        if (revision.equals(Revision.NONE)) {
            return Optional.of(DesiredState.EMPTY);
        }
        try {
            return Optional.of(history.apply(revision));
        } catch (FailureException away) {
            return Optional.empty();
        }
    }

    /** All that goes into what is compiled of an object. */
    public SortedMap<ResourceKey, Resource<?>> madeFrom(DesiredState state, ResourceKey object) {
        return MadeFrom.of(state, object);
    }

    /** Of what the snapshot of that content hash was made; empty where it is forgotten. */
    public Optional<DesiredState> stateOf(ResourceName gateway, String hash) {
        return states.of(gateway, hash);
    }

    /** What is new or other in {@code target} and may concern the gateway. */
    public List<ResourceKey> suspects(DesiredState accepted, DesiredState target, ResourceName gateway) {
        return HeldBack.suspects(accepted, target, gateway);
    }

    public boolean tightens(ResourceKey key, DesiredState target) {
        return HeldBack.tightens(key, target);
    }

    /**
     * The target with these objects as they were accepted, less what was taken away from them since. It is not to be run as
     * it is, for what is held may outrank what is not.
     */
    public DesiredState holding(DesiredState accepted, DesiredState target, Collection<ResourceKey> held) {
        return HeldBack.state(accepted, target, held);
    }

    /**
     * The same to be run: nothing passes by it that is refused by the newest.
     *
     * @param newest what came of {@code target}
     * @param mayNameMore as {@link Narrowing#of} has it
     */
    public Instead instead(
            DesiredState accepted,
            DesiredState target,
            Snapshot newest,
            Collection<ResourceKey> held,
            boolean mayNameMore) {
        return narrowed(holding(accepted, target, held), newest, mayNameMore);
    }

    /** All as it was accepted but for secrets, which are never put back, and without what is refused by the newest. */
    public Instead asAccepted(DesiredState accepted, DesiredState target, Snapshot newest) {
        List<Change> secrets = target.differing(Kind.CREDENTIAL, accepted).stream()
                .map(name -> new ResourceKey(Kind.CREDENTIAL, name))
                .map(key -> Change.to(key, target.find(key)))
                .toList();
        return narrowed(accepted.with(accepted.revision(), secrets), newest, false);
    }

    private Instead narrowed(DesiredState state, Snapshot newest, boolean mayNameMore) {
        Narrowed narrowed = Narrowing.of(newest, compiler.compile(state, newest.gateway()), mayNameMore);
        return new Instead(state, narrowed.snapshot(), narrowed.shut(), narrowed.namesMore());
    }

    /**
     * What to run.
     *
     * @param state of which it was made, before somebody was refused for what he is refused by the newest
     * @param shut where that is so
     * @param namesMore whether hosts are told apart for that
     */
    public record Instead(DesiredState state, Snapshot snapshot, List<Shut> shut, boolean namesMore) {
        public Instead {
            shut = List.copyOf(shut);
        }
    }
}
