package io.sallyport.compiler.guardrail;

import io.sallyport.domain.ResourceName;
import java.util.List;

/**
 * That a guardrail does not hold, or cannot be shown to.
 *
 * @param isDecided whether it is known that it does not
 * @param flow by which it does not; at most one
 * @param rule that lets the flow through, or refuses it; none where no rule does; at most one
 */
record Breach(boolean isDecided, List<Flow> flow, List<ResourceName> rule, String why) {}
