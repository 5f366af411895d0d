package io.sallyport.domain;

import io.sallyport.domain.workload.Scopes;

/** The unit of tenancy. Its labels are those of its metadata. */
public record Namespace(Scopes scopes) implements Spec {}
