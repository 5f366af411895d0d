package io.sallyport.domain.agent;

import io.sallyport.domain.ResourceName;

/**
 * How often a gateway decided so, as far as this replica was told since it started.
 *
 * @param rule {@code namespace/rule}, or {@code sallyport/...}; empty where no rule was asked
 * @param reason why it came to nothing, as in the access log; empty where it did not
 */
public record DecisionCount(ResourceName gateway, String rule, boolean isAllowed, String reason, long count) {}
