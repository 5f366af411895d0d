package io.sallyport.domain.rule;

import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import java.util.List;

/**
 * An entry of {@code from}: every part that is there must hold, and within a part any of its values does.
 *
 * @param workloads the selector over declared workloads; at most one
 * @param ipBlocks a condition on the peer's address, compared whatever the identity
 */
public record Source(
        List<Name> namespaces, List<LabelSelector> workloads, List<PrincipalPattern> principals, List<Cidr> ipBlocks) {
    public Source {
        namespaces = List.copyOf(namespaces);
        workloads = List.copyOf(workloads);
        principals = List.copyOf(principals);
        ipBlocks = List.copyOf(ipBlocks);
        if (workloads.size() > 1) {
            throw new IllegalArgumentException("an entry has at most one workloadSelector");
        }
        if (namespaces.isEmpty() && workloads.isEmpty() && principals.isEmpty() && ipBlocks.isEmpty()) {
            throw new IllegalArgumentException("an empty entry is refused: everyone is written as"
                    + " principals: [\"*\"] or ipBlocks: [0.0.0.0/0, \"::/0\"]");
        }
    }
}
