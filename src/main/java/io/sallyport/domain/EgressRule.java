package io.sallyport.domain;

import io.sallyport.domain.rule.Forwarding;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import java.util.List;

/**
 * Which workloads may, or may not, reach which destinations through which gateway.
 *
 * @param listeners the listener that it is bound to; all of the gateway where empty; at most one
 * @param priority 0 to 10000, lower is tried first
 * @param from alternatives, at least one
 * @param to alternatives, at least one
 */
public record EgressRule(
        ResourceName gateway,
        List<Name> listeners,
        Tier tier,
        int priority,
        Action action,
        Enforcement enforcement,
        List<Source> from,
        List<Target> to,
        Forwarding forwarding,
        Validity validity,
        Justification justification)
        implements Spec {
    public static final int DEFAULT_PRIORITY = 1000;
    public static final int LAST_PRIORITY = 10_000;

    public EgressRule {
        listeners = List.copyOf(listeners);
        from = List.copyOf(from);
        to = List.copyOf(to);
        if (listeners.size() > 1) {
            throw new IllegalArgumentException("a rule is bound to one listener at most");
        }
        if (priority < 0 || priority > LAST_PRIORITY) {
            throw new IllegalArgumentException(
                    "priority %d is out of range: use 0 to %d".formatted(priority, LAST_PRIORITY));
        }
        if (from.isEmpty() || to.isEmpty()) {
            throw new IllegalArgumentException("a rule needs at least one entry in from and in to");
        }
    }

    public EgressRule withValidity(Validity newValidity) {
        return new EgressRule(
                gateway,
                listeners,
                tier,
                priority,
                action,
                enforcement,
                from,
                to,
                forwarding,
                newValidity,
                justification);
    }

    /** Whether it is a rule of that gateway: the one it names, or one that traffic fails over to. */
    public boolean isOf(ResourceName any) {
        return gateway.equals(any) || forwarding.failoverGateways().contains(any);
    }

    public boolean appliesTo(Name listener) {
        return listeners.isEmpty() || listeners.contains(listener);
    }

    /** What a rule decides. Declared in the order in which ties are broken: a denial comes first. */
    public enum Action {
        DENY,
        ALLOW
    }

    /** Whether a rule decides. */
    public enum Enforcement {
        ENFORCE,
        /** It is evaluated and counted, and never decides. */
        SHADOW,
        OFF
    }

    /** In the order in which rules are tried. */
    public enum Tier {
        /** Of the gateway's namespace, about any workload; nothing of a team outranks it. */
        ADMIN,
        /** Of a team, about workloads of its own namespace. */
        NAMESPACE,
        /** Of the gateway's namespace, about any workload, where no team said anything. */
        BASELINE
    }

    /** Why the rule exists; both may be empty. */
    public record Justification(String ticket, String reason) {
        public static final Justification NONE = new Justification("", "");
    }
}
