package io.sallyport.domain.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All flows that a change opens or closes; the first of each are named.
 *
 * @param opened the first of those that were refused and pass
 * @param openedCount how many there are, named or not
 * @param closed the first of those that passed and are refused
 */
public record FlowChanges(List<FlowChange> opened, long openedCount, List<FlowChange> closed, long closedCount) {
    public static final FlowChanges NONE = new FlowChanges(List.of(), 0, List.of(), 0);

    public FlowChanges {
        opened = List.copyOf(opened);
        closed = List.copyOf(closed);
    }

    /** Counts all, and names so many of each. */
    public static FlowChanges of(Stream<FlowChange> all, int named) {
        List<FlowChange> opened = new ArrayList<>();
        List<FlowChange> closed = new ArrayList<>();
        long[] counts = new long[2];
        all.forEach(flow -> {
            List<FlowChange> side = flow.opens() ? opened : closed;
            counts[flow.opens() ? 0 : 1]++;
            if (side.size() < named) {
                side.add(flow);
            }
        });
        return new FlowChanges(opened, counts[0], closed, counts[1]);
    }

    public FlowChanges and(FlowChanges more, int named) {
        return new FlowChanges(
                first(opened, more.opened, named),
                openedCount + more.openedCount,
                first(closed, more.closed, named),
                closedCount + more.closedCount);
    }

    private static List<FlowChange> first(List<FlowChange> left, List<FlowChange> right, int named) {
        return Stream.concat(left.stream(), right.stream()).limit(named).toList();
    }
}
