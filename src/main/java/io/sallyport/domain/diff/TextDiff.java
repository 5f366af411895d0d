package io.sallyport.domain.diff;

import java.util.ArrayList;
import java.util.List;

/** Two texts held against each other in unified form: lines that went begin with -, those that came with +. */
public final class TextDiff {
    private static final int CONTEXT = 3;

    private final List<String> before;
    private final List<String> after;
    private final List<String> lines = new ArrayList<>();

    private TextDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** Nothing where they are equal; three lines of context around what differs. */
    public static List<String> between(List<String> before, List<String> after) {
        TextDiff diff = new TextDiff(before, after);
        List<ListGap> hunk = new ArrayList<>();
        for (ListGap gap : ListGap.between(before, after)) {
            if (!hunk.isEmpty() && gap.beforeStart() - end(hunk.getLast()) > 2 * CONTEXT) {
                diff.hunk(hunk);
                hunk.clear();
            }
            hunk.add(gap);
        }
        if (!hunk.isEmpty()) {
            diff.hunk(hunk);
        }
        return List.copyOf(diff.lines);
    }

    private static int end(ListGap gap) {
        return gap.beforeStart() + gap.before();
    }

    private void hunk(List<ListGap> gaps) {
        ListGap first = gaps.getFirst();
        int lead = Math.min(CONTEXT, first.beforeStart());
        int tail = Math.min(CONTEXT, before.size() - end(gaps.getLast()));
        int start = first.beforeStart() - lead;
        int length = end(gaps.getLast()) + tail - start;
        int grown = gaps.stream().mapToInt(gap -> gap.after() - gap.before()).sum();
        lines.add("@@ -%d,%d +%d,%d @@".formatted(start + 1, length, first.afterStart() - lead + 1, length + grown));
        int place = start;
        for (ListGap gap : gaps) {
            add(" ", before, place, gap.beforeStart());
            add("-", before, gap.beforeStart(), end(gap));
            add("+", after, gap.afterStart(), gap.afterStart() + gap.after());
            place = end(gap);
        }
        add(" ", before, place, start + length);
    }

    private void add(String mark, List<String> text, int from, int to) {
        text.subList(from, to).forEach(line -> lines.add(mark + line));
    }
}
