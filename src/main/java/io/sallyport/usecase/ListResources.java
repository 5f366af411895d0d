package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.ResourceTable;
import io.sallyport.domain.Revision;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists resources of one kind by namespace and name, a page at a time. */
public final class ListResources {
    private final Authorizer authorizer;
    private final CurrentState current;
    private final PastStates pastStates;
    private final Observe observe;

    public ListResources(Authorizer authorizer, CurrentState current, PastStates pastStates, Observe observe) {
        this.authorizer = authorizer;
        this.current = current;
        this.pastStates = pastStates;
        this.observe = observe;
    }

    public Listed list(Caller caller, Wanted wanted, int limit) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        wanted.namespace().forEach(namespace -> access.check(Right.READ, namespace));
        DesiredState state =
                wanted.revision().stream().findFirst().map(pastStates::at).orElseGet(current::get);
        List<Resource<?>> found = candidates(state, wanted)
                .filter(resource -> access.mayRead(resource.key()))
                .filter(wanted.chosen())
                .limit(limit + 1L)
                .toList();
        Page<Resource<?>> page = Page.first(found, limit);
        return new Listed(state.revision(), page.with(observe.views(access, state, page.items())));
    }

    private static Stream<Resource<?>> candidates(DesiredState state, Wanted wanted) {
        ResourceTable all = state.resources(wanted.kind());
        Stream<Resource<?>> rest = wanted.after().isEmpty()
                ? all.values().stream()
                : all.from(wanted.after().getFirst());
        return rest.filter(resource -> wanted.after().stream().noneMatch(resource.name()::equals))
                .filter(resource -> wanted.namespace().stream().allMatch(resource.namespace()::equals));
    }

    /**
     * What is wanted of a list.
     *
     * @param namespace those of one namespace; of all where empty; at most one
     * @param revision the state to look at; the current one where empty; at most one
     * @param after those that come after this one; at most one
     */
    public record Wanted(
            Kind kind,
            List<Name> namespace,
            List<Revision> revision,
            List<ResourceName> after,
            Predicate<Resource<?>> chosen) {
        public Wanted {
            namespace = List.copyOf(namespace);
            revision = List.copyOf(revision);
            after = List.copyOf(after);
        }
    }

    /** A page, and the state that it is of. */
    public record Listed(Revision revision, Page<ResourceView> page) {}
}
