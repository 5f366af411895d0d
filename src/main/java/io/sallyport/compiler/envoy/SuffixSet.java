package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.HostPattern;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Suffixes, found from a host below them without looking at all. */
final class SuffixSet {
    private final Set<String> suffixes = new HashSet<>();

    SuffixSet(Collection<HostPattern> suffixes) {
        suffixes.forEach(suffix -> this.suffixes.add(suffix.value()));
    }

    /** The longest suffix that covers the host and is not the host itself. */
    Optional<HostPattern> above(HostPattern host) {
        String name = host.isSuffix() ? host.value().substring(2) : host.value();
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            String suffix = "*" + name.substring(dot);
            if (suffixes.contains(suffix)) {
                return Optional.of(new HostPattern(suffix));
            }
        }
        return Optional.empty();
    }
}
