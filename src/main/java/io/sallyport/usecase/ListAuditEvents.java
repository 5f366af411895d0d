package io.sallyport.usecase;

import io.sallyport.domain.Name;
import io.sallyport.domain.audit.AuditEvent;
import io.sallyport.domain.audit.AuditFilter;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.AuditTrail;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists the audit trail, newest first, a page at a time: of the namespaces whose auditor the caller is. */
public final class ListAuditEvents {
    private final Authorizer authorizer;
    private final AuditTrail trail;

    public ListAuditEvents(Authorizer authorizer, AuditTrail trail) {
        this.authorizer = authorizer;
        this.trail = trail;
    }

    public Page<AuditEvent> list(Caller caller, AuditFilter filter, long before, int limit) {
        AuditFilter own = withinReach(authorizer.access(caller), filter);
        return Page.first(trail.before(before, own, limit + 1), limit);
    }

    // What is about no resource is told to who may read everything.
    private static AuditFilter withinReach(Access access, AuditFilter filter) {
        if (!filter.within().isEmpty()) {
            filter.within().getFirst().forEach(namespace -> access.check(Right.READ_AUDIT, namespace));
            return filter;
        }
        access.checkAnywhere(Right.READ_AUDIT);
        return access.mayEverywhere(Right.READ_AUDIT) ? filter : filter.within(namespaces(access));
    }

    private static Set<Name> namespaces(Access access) {
        return access.within().keySet().stream()
                .filter(namespace -> access.may(Right.READ_AUDIT, namespace))
                .collect(Collectors.toUnmodifiableSet());
    }
}
