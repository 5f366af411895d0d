package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Source classes as a listener sees them that knows nothing of a source but its address. */
final class AddressView {
    private final Map<String, List<Cidr>> ranges;

    AddressView(Collection<SourceClass> classes) {
        this.ranges = classes.stream().collect(Collectors.toMap(SourceClass::id, SourceClass::addresses));
    }

    /** Where the sources of any of the classes come from: sorted; nobody does where it is empty. */
    List<Cidr> of(Collection<String> classes) {
        return classes.stream()
                .flatMap(id -> ranges.getOrDefault(id, List.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
