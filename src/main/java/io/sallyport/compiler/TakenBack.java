package io.sallyport.compiler;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Spec;
import java.util.Optional;
import java.util.stream.Stream;

/** What was changed and then changed back. Pure. */
public final class TakenBack {
    private TakenBack() {}

    /** The candidate, in which all objects are as they are now that are now again as they were before it. */
    public static DesiredState without(DesiredState stable, DesiredState candidate, DesiredState now) {
        return candidate.with(
                candidate.revision(),
                HeldBack.KINDS.stream()
                        .flatMap(kind ->
                                candidate.differing(kind, now).stream().map(name -> new ResourceKey(kind, name)))
                        .filter(key -> !spec(candidate, key).equals(spec(now, key)))
                        .filter(key -> spec(stable, key).equals(spec(now, key)))
                        .flatMap(key -> change(key, now))
                        .toList());
    }

    private static Stream<Change> change(ResourceKey key, DesiredState now) {
        return Stream.of(now.find(key).<Change>map(Change.Put::new).orElseGet(() -> new Change.Delete(key)));
    }

    private static Optional<Spec> spec(DesiredState state, ResourceKey key) {
        return state.find(key).map(Resource::spec);
    }
}
