package io.sallyport.domain.decision;

import io.sallyport.domain.snapshot.CompiledRoute;

/** What routes make of what rules let through. */
public sealed interface Routing {
    /** None applies, so it goes to the destination that owns its host. */
    record ToOwner() implements Routing {}

    /** It takes this one. */
    record Taken(CompiledRoute route) implements Routing {}

    /** Some apply, and none of them matches. */
    record NoRoute() implements Routing {}

    /** Some ask of paths, and its own can be read in two ways. */
    record AmbiguousPath() implements Routing {}
}
