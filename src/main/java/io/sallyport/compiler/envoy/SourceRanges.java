package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which classes every range means. Envoy takes the longest prefix alone, so an inner range has the classes of all
 * ranges around it too.
 */
final class SourceRanges {
    private static final Comparator<Cidr> OUTER_FIRST = Comparator.comparing(
                    (Cidr range) -> range.first().bytes(), SourceRanges::compareAddresses)
            .thenComparingInt(Cidr::prefixLength);
    private static final Comparator<SortedSet<String>> AS_TEXT = Comparator.comparing(ids -> String.join("|", ids));

    private SourceRanges() {}

    /** Ranges by the set of classes that they mean, in a fixed order. */
    static Map<SortedSet<String>, List<Cidr>> of(
            Collection<SourceClass> classes, Function<SourceClass, List<Cidr>> ranges) {
        Map<SortedSet<String>, List<Cidr>> byClasses = new TreeMap<>(AS_TEXT);
        Deque<Cidr> around = new ArrayDeque<>();
        Map<Cidr, SortedSet<String>> ids = declared(classes, ranges);
        ids.forEach((range, own) -> {
            while (!around.isEmpty() && !around.peek().contains(range)) {
                around.pop();
            }
            if (!around.isEmpty()) {
                own.addAll(ids.getOrDefault(around.peek(), Collections.emptySortedSet()));
            }
            around.push(range);
            byClasses.computeIfAbsent(own, unseen -> new ArrayList<>()).add(range);
        });
        return byClasses;
    }

    private static Map<Cidr, SortedSet<String>> declared(
            Collection<SourceClass> classes, Function<SourceClass, List<Cidr>> ranges) {
        Map<Cidr, SortedSet<String>> ids = new TreeMap<>(OUTER_FIRST);
        for (SourceClass sourceClass : classes) {
            for (Cidr range : ranges.apply(sourceClass)) {
                ids.computeIfAbsent(range, unseen -> new TreeSet<>()).add(sourceClass.id());
            }
        }
        return ids;
    }

    private static int compareAddresses(byte[] left, byte[] right) {
        return left.length == right.length
                ? Arrays.compareUnsigned(left, right)
                : Integer.compare(left.length, right.length);
    }
}
