package io.sallyport.compiler.guardrail;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Which flows a guardrail is about in a state, and which of them it does not speak of. */
record Meant(Meaning flows, List<Meaning> exceptions) {

    /** The classes that its words are about. */
    Stream<SourceClass> classes() {
        return patterns().flatMap(meaning -> meaning.classes().stream());
    }

    Stream<HostPattern> hosts() {
        return patterns().flatMap(Meaning::hosts);
    }

    Stream<String> methods() {
        return patterns()
                .map(Meaning::pattern)
                .map(pattern -> pattern.methods())
                .flatMap(Collection::stream);
    }

    private Stream<Meaning> patterns() {
        return Stream.concat(Stream.of(flows), exceptions.stream());
    }
}
