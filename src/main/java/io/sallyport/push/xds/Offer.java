package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoyResource;

/** What is to be said of a name: a resource, or that there is none. */
sealed interface Offer {
    /** What the version of a resource ends in that comes with a time limit, so that one without is known from it. */
    String LIMITED = "~";

    record Present(EnvoyResource resource) implements Offer {}

    record Gone() implements Offer {}

    default String version(WireType type, String name, Lease lease) {
        return switch (this) {
            case Present(EnvoyResource resource) -> version(resource, type, lease);
            case Gone ignored -> SentResources.ABSENT;
        };
    }

    static String version(EnvoyResource resource, WireType type, Lease lease) {
        return lease.covers(type, resource.name()) ? resource.version() + LIMITED : resource.version();
    }
}
