package io.sallyport.usecase;

import io.sallyport.domain.Revision;

/**
 * One thing that is so, or not, of a resource.
 *
 * @param type {@code Accepted}, {@code ResolvedRefs}, {@code Programmed} or {@code Expired}
 * @param reason a stable word for machines
 * @param observedRevision the state that was looked at
 */
public record Condition(String type, boolean status, String reason, String message, Revision observedRevision) {}
