package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Source classes as a listener sees them that knows nothing of a source but its address. */
final class AddressView {
    static final List<Cidr> EVERYWHERE = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    private final Map<String, List<Cidr>> ranges;

    AddressView(Collection<SourceClass> classes) {
        this.ranges = classes.stream().collect(Collectors.toMap(SourceClass::id, AddressView::ranges));
    }

    /** Where the sources of any of the classes come from: sorted; nobody does where it is empty. */
    List<Cidr> of(Collection<String> classes) {
        return classes.stream()
                .flatMap(id -> ranges.getOrDefault(id, List.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Cidr> ranges(SourceClass one) {
        List<Cidr> identities =
                one.identities().anyone() ? EVERYWHERE : one.identities().ranges();
        return one.ipBlocks().isEmpty() ? identities : intersection(identities, one.ipBlocks());
    }

    private static List<Cidr> intersection(List<Cidr> left, List<Cidr> right) {
        return left.stream()
                .flatMap(range -> right.stream().map(range::intersection).flatMap(Optional::stream))
                .distinct()
                .sorted()
                .toList();
    }
}
