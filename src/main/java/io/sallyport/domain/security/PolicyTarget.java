package io.sallyport.domain.security;

import io.sallyport.domain.Name;
import java.util.List;

/**
 * What a security policy is attached to, of the policy's own namespace (Gateway API, policy attachment).
 *
 * @param sectionName the listener of a gateway; all of them where empty; at most one
 */
public record PolicyTarget(Kind kind, Name name, List<Name> sectionName) {
    public PolicyTarget {
        sectionName = List.copyOf(sectionName);
        if (sectionName.size() > (kind == Kind.EGRESS_GATEWAY ? 1 : 0)) {
            throw new IllegalArgumentException("sectionName names one listener of a gateway");
        }
    }

    /** Whether it is attached to that listener of a gateway of that name. */
    public boolean includes(Name gateway, Name listener) {
        return kind == Kind.EGRESS_GATEWAY
                && name.equals(gateway)
                && (sectionName.isEmpty() || sectionName.contains(listener));
    }

    /** What can be a target. */
    public enum Kind {
        EGRESS_GATEWAY,
        DESTINATION
    }
}
