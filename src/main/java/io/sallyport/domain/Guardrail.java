package io.sallyport.domain;

import io.sallyport.domain.guardrail.FlowPattern;
import java.util.List;

/**
 * An invariant that every revision must satisfy, over all gateways and namespaces.
 *
 * @param except flows that it does not speak of; where several say which, any of them counts
 */
public record Guardrail(Assertion assertion, FlowPattern flows, List<FlowPattern> except, Severity severity)
        implements Spec {
    public Guardrail {
        except = List.copyOf(except);
    }

    /** What must hold of the flows. */
    public enum Assertion {
        /** None of them is let through, by any listener of any gateway, at any time. */
        NEVER,
        /** Each of them is let through, at all times, by some listener that knows the host and sees who it is. */
        ALWAYS
    }

    /** What becomes of a write after which it would not hold. */
    public enum Severity {
        /** It is refused. */
        BLOCK,
        /** It is told. */
        WARN
    }
}
