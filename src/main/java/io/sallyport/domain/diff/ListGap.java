package io.sallyport.domain.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch where two lists differ, between what they have in common in the same order.
 *
 * @param beforeStart where it begins in the earlier list
 * @param before how many items of the earlier list it has; they were replaced by those of the later one, or are gone
 */
public record ListGap(int beforeStart, int before, int afterStart, int after) {
    // The longest common part is looked for in lists of a few thousand items at most; else ends alone are compared.
    private static final long MOST_CELLS = 4_000_000;

    /** All stretches, in order; the fewest items that can be, up to lists of a few thousand. */
    public static List<ListGap> between(List<?> before, List<?> after) {
        int start = 0;
        int most = Math.min(before.size(), after.size());
        while (start < most && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < most - start && last(before, end).equals(last(after, end))) {
            end++;
        }
        List<?> earlier = before.subList(start, before.size() - end);
        List<?> later = after.subList(start, after.size() - end);
        if (earlier.isEmpty() && later.isEmpty()) {
            return List.of();
        }
        if ((earlier.size() + 1L) * (later.size() + 1L) > MOST_CELLS) {
            return List.of(new ListGap(start, earlier.size(), start, later.size()));
        }
        return walk(start, earlier, later, common(earlier, later));
    }

    private static Object last(List<?> items, int fromEnd) {
        return items.get(items.size() - 1 - fromEnd);
    }

    // How long the longest common part is of what begins at each pair of places.
    private static int[][] common(List<?> before, List<?> after) {
        int[][] lengths = new int[before.size() + 1][after.size() + 1];
        for (int row = before.size() - 1; row >= 0; row--) {
            for (int column = after.size() - 1; column >= 0; column--) {
                lengths[row][column] = before.get(row).equals(after.get(column))
                        ? lengths[row + 1][column + 1] + 1
                        : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
            }
        }
        return lengths;
    }

    private static List<ListGap> walk(int offset, List<?> before, List<?> after, int[][] common) {
        List<ListGap> gaps = new ArrayList<>();
        int row = 0;
        int column = 0;
        while (row < before.size() || column < after.size()) {
            int rowStart = row;
            int columnStart = column;
            while ((row < before.size() || column < after.size()) && !areSame(before, row, after, column)) {
                if (column == after.size()
                        || (row < before.size() && common[row + 1][column] >= common[row][column + 1])) {
                    row++;
                } else {
                    column++;
                }
            }
            if (row > rowStart || column > columnStart) {
                gaps.add(new ListGap(offset + rowStart, row - rowStart, offset + columnStart, column - columnStart));
            }
            while (row < before.size() && column < after.size() && areSame(before, row, after, column)) {
                row++;
                column++;
            }
        }
        return gaps;
    }

    private static boolean areSame(List<?> before, int row, List<?> after, int column) {
        return row < before.size() && column < after.size() && before.get(row).equals(after.get(column));
    }
}
