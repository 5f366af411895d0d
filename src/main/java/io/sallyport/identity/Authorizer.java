package io.sallyport.identity;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import java.util.function.Supplier;

/** Says what callers may do, by the role bindings of a state. What each role may is in {@link Right}. */
public final class Authorizer {
    private final Supplier<DesiredState> newest;

    /** Bindings count as they are in the newest state that this replica knows. */
    public Authorizer(Supplier<DesiredState> newest) {
        this.newest = newest;
    }

    /** The newest state that this replica knows. */
    public DesiredState newest() {
        return newest.get();
    }

    /** What the caller may do now. */
    public Access access(Caller caller) {
        return accessAt(caller, newest.get());
    }

    /** What the caller may do by the bindings of another state: of the head, while it is locked. */
    public Access accessAt(Caller caller, DesiredState state) {
        return Access.of(caller, state);
    }

    /** Throws {@code Forbidden} with what is missing; so do the others. */
    public void check(Caller caller, Right right, Name namespace) {
        access(caller).check(right, namespace);
    }

    public void checkRead(Caller caller, ResourceKey key) {
        access(caller).checkRead(key);
    }

    /** For what shows only what the caller may read: somebody who may read nothing at all is told so. */
    public void checkReadAnywhere(Caller caller) {
        access(caller).checkAnywhere(Right.READ);
    }
}
