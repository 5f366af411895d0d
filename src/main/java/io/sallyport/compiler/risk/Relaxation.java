package io.sallyport.compiler.risk;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.approval.RiskType;
import io.sallyport.domain.network.HostPattern;
import java.util.List;
import java.util.Set;

/**
 * Something that is asked less strictly than before.
 *
 * @param what in words, a sentence without its end
 * @param host whose traffic it is about; none where it is about no host; at most one
 * @param concerned whose business it is; everybody's where empty
 * @param policy the approval policy that is weakened; none of other types; at most one
 */
public record Relaxation(
        RiskType type, String what, List<HostPattern> host, Set<Name> concerned, List<ResourceName> policy)
        implements Comparable<Relaxation> {
    public Relaxation {
        host = List.copyOf(host);
        concerned = Set.copyOf(concerned);
        policy = List.copyOf(policy);
    }

    static Relaxation of(RiskType type, String what, Set<Name> concerned) {
        return new Relaxation(type, what, List.of(), concerned, List.of());
    }

    @Override
    public int compareTo(Relaxation other) {
        int byType = type.compareTo(other.type);
        return byType == 0 ? what.compareTo(other.what) : byType;
    }
}
