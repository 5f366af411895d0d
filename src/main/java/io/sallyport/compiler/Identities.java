package io.sallyport.compiler;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.util.Collection;
import java.util.List;

/**
 * Whom a source must be by its strongest identity, as a set that can be cut.
 *
 * @param anyone whether no identity is asked for; the rest is empty then
 */
record Identities(boolean anyone, Principals principals, AddressRanges ranges) {
    static final Identities ANYONE = new Identities(true, Principals.NOBODY, AddressRanges.NOBODY);
    static final Identities NOBODY = new Identities(false, Principals.NOBODY, AddressRanges.NOBODY);

    static Identities of(Collection<PrincipalPattern> principals, Collection<Cidr> ranges) {
        return new Identities(false, Principals.of(principals), AddressRanges.of(ranges));
    }

    static Identities of(Scopes scopes) {
        return of(scopes.principals(), scopes.cidrs());
    }

    static Identities of(WorkloadIdentity identity) {
        return switch (identity) {
            case WorkloadIdentity.BySpiffeId certificate ->
                of(List.of(new PrincipalPattern(certificate.id().value())), List.of());
            case WorkloadIdentity.ByJwt token -> of(List.of(new PrincipalPattern(token.principal())), List.of());
            case WorkloadIdentity.ByAddress address -> of(List.of(), List.of(address.range()));
        };
    }

    /** Everyone who is in any of them. */
    static Identities any(Collection<Identities> all) {
        if (all.stream().anyMatch(Identities::anyone)) {
            return ANYONE;
        }
        return of(
                all.stream().flatMap(one -> one.principals.patterns().stream()).toList(),
                all.stream().flatMap(one -> one.ranges.ranges().stream()).toList());
    }

    Identities within(Identities other) {
        if (anyone || other.anyone) {
            return anyone ? other : this;
        }
        return new Identities(false, principals.within(other.principals), ranges.within(other.ranges));
    }

    boolean isEmpty() {
        return !anyone && principals.isEmpty() && ranges.isEmpty();
    }

    IdentitySet toSet() {
        return new IdentitySet(anyone, principals.patterns(), ranges.ranges());
    }
}
