package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.Shut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client is to run, and what that lacks of the newest.
 *
 * @param state what it was made of, where that is known
 * @param held the objects that are not as they are to be
 * @param shut where somebody is refused, since by what is held he would pass where he is refused now
 * @param namesMore whether hosts are told apart for that
 */
record Aim(
        EnvoySnapshot snapshot,
        Optional<DesiredState> state,
        Set<ResourceKey> held,
        List<Shut> shut,
        boolean namesMore) {
    private static final int MOST_NAMED = 3;

    Aim {
        held = Set.copyOf(held);
        shut = List.copyOf(shut);
    }

    /** All of the newest. */
    static Aim whole(EnvoySnapshot snapshot, Optional<DesiredState> state) {
        return new Aim(snapshot, state, Set.of(), List.of(), false);
    }

    boolean isWhole() {
        return held.isEmpty();
    }

    /** What the client runs of an object instead of its newest content, in words. */
    String instead(ResourceKey object) {
        boolean isGone = state.isPresent() && state.get().find(object).isEmpty();
        return (isGone ? Held.NOTHING : Held.AS_BEFORE) + refusing(object);
    }

    // Hosts of other namespaces are not the business of whoever reads the object.
    private String refusing(ResourceKey object) {
        if (shut.isEmpty()) {
            return "";
        }
        List<String> words = new ArrayList<>(shut.stream()
                .filter(place ->
                        place.destination().namespace().equals(object.name().namespace()))
                .limit(MOST_NAMED)
                .map(Shut::toString)
                .toList());
        int more = shut.size() - words.size();
        if (more > 0) {
            words.add(words.isEmpty() ? more + (more == 1 ? " place" : " places") : more + " more");
        }
        return "; so that nothing opens, what would pass by that and is not to is refused as sallyport/unenforceable at "
                + String.join(", ", words);
    }
}
