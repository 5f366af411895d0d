package io.sallyport.domain.route;

import io.sallyport.domain.Name;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * What a route is attached to, of the route's own namespace (Gateway API, ParentReference).
 *
 * @param sectionName the listener of a gateway; all of them where empty; at most one
 * @param port of a destination; all of them where empty; at most one
 */
public record RouteParent(Kind kind, Name name, List<Name> sectionName, List<PortNumber> port) {
    public RouteParent {
        sectionName = List.copyOf(sectionName);
        port = List.copyOf(port);
        if (sectionName.size() > (kind == Kind.EGRESS_GATEWAY ? 1 : 0)) {
            throw new IllegalArgumentException("sectionName names one listener of a gateway");
        }
        if (port.size() > (kind == Kind.DESTINATION ? 1 : 0)) {
            throw new IllegalArgumentException("port is one of a destination");
        }
    }

    /** What can be a parent. Declared in the order of precedence: what is said of a destination comes first. */
    public enum Kind {
        DESTINATION,
        EGRESS_GATEWAY
    }
}
