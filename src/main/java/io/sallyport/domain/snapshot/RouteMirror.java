package io.sallyport.domain.snapshot;

import io.sallyport.domain.route.Percentage;

/** Who gets copies of a part of the requests; the target's weight is 1. */
public record RouteMirror(RouteTarget target, Percentage percent) {}
