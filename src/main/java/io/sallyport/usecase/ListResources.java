package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists resources of one kind by name, a page at a time. */
public final class ListResources {
    private final Authorizer authorizer;
    private final CurrentState current;
    private final Observe observe;

    public ListResources(Authorizer authorizer, CurrentState current, Observe observe) {
        this.authorizer = authorizer;
        this.current = current;
        this.observe = observe;
    }

    /**
     * Those of one namespace.
     *
     * @param after names that come after this one; every name comes after the empty text
     */
    public Page<ResourceView> inNamespace(Caller caller, Kind kind, Name namespace, String after, int limit) {
        Access access = authorizer.access(caller);
        access.check(Right.READ, namespace);
        return list(access, kind, resource -> resource.namespace().equals(namespace), after, limit);
    }

    /** Those that the caller may read. */
    public Page<ResourceView> namespaces(Caller caller, String after, int limit) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        return list(access, Kind.NAMESPACE, resource -> access.mayRead(resource.key()), after, limit);
    }

    private Page<ResourceView> list(Access access, Kind kind, Predicate<Resource<?>> wanted, String after, int limit) {
        DesiredState state = current.get();
        Stream<Resource<?>> all = state.resources(kind).values().stream();
        List<Resource<?>> found = all.filter(wanted)
                .filter(resource -> resource.name().name().value().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        Page<Resource<?>> page = Page.first(found, limit);
        return page.with(observe.views(access, state, page.items()));
    }
}
