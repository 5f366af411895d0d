package io.sallyport.domain.gateway;

import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import java.util.Map;

/** Whose destinations and rules a gateway knows; those of its own namespace always (Gateway API, AllowedRoutes). */
public sealed interface AllowedNamespaces {
    /** Its own namespace alone. */
    record Same() implements AllowedNamespaces {}

    /** Every namespace. */
    record All() implements AllowedNamespaces {}

    /** The namespaces whose labels match. */
    record Selector(LabelSelector selector) implements AllowedNamespaces {}

    /** Whether a namespace with these labels is admitted by a gateway that lives in {@code own}. */
    default boolean admits(Name own, Name namespace, Map<String, String> labels) {
        if (own.equals(namespace)) {
            return true;
        }
        return switch (this) {
            case Same same -> false;
            case All all -> true;
            case Selector selected -> selected.selector().matches(labels);
        };
    }
}
