package io.sallyport.compiler.envoy;

import static io.sallyport.compiler.envoy.CelText.SERVER_NAME;

import io.sallyport.domain.network.HostPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes down the longest suffix that covers the server name, if any does. */
final class SuffixChoice {
    /** How many are compared in one expression: all that Envoy's limit of levels allows, for each has its price. */
    private static final int AT_ONCE = 12;

    private static final Comparator<HostPattern> WIDEST_FIRST = Comparator.comparingInt(
                    (HostPattern host) -> host.value().length())
            .thenComparing(Comparator.naturalOrder());

    private SuffixChoice() {}

    static void write(FilterState state, String key, List<HostPattern> suffixes) {
        List<HostPattern> sorted = suffixes.stream().sorted(WIDEST_FIRST).toList();
        for (int start = 0; start < sorted.size(); start += AT_ONCE) {
            List<HostPattern> some = sorted.subList(start, Math.min(sorted.size(), start + AT_ONCE));
            state.text(key, CelText.format(choice(some, "")));
            state.text(key, CelText.where(SERVER_NAME + ".endsWith('.')", "(" + choice(some, ".") + ")"));
        }
    }

    // The last that is written holds, and within an expression the first: both are the longest.
    private static String choice(List<HostPattern> widestFirst, String end) {
        List<String> branches = new ArrayList<>();
        for (HostPattern suffix : widestFirst.reversed()) {
            String below = suffix.value().substring(1);
            branches.add("%s.endsWith('%s%s') ? '%s' : ".formatted(SERVER_NAME, below, end, suffix));
        }
        return String.join("", branches) + "''";
    }
}
