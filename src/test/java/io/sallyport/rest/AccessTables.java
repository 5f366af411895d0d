package io.sallyport.rest;

import io.sallyport.domain.access.Role;
import io.sallyport.identity.Right;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tables of docs/access.md, made of what the program goes by. */
final class AccessTables {
    private AccessTables() {}

    static String ofRights() {
        String roles = Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(" | "));
        String head = "| to | where | %s |\n|---|---|%s\n".formatted(roles, "---|".repeat(Role.values().length));
        return head + Arrays.stream(Right.values()).map(AccessTables::row).collect(Collectors.joining());
    }

    private static String row(Right right) {
        String where = switch (right.reach()) {
            case NAMESPACE -> "the namespace";
            case EVERYWHERE -> "all namespaces";
        };
        String marks = Arrays.stream(Role.values())
                .map(role -> right.isOf(role) ? "yes" : "")
                .collect(Collectors.joining(" | "));
        return "| %s | %s | %s |\n"
                .formatted(right.words(), where, marks)
                .replace("|  |", "| |")
                .replace("|  |", "| |");
    }

    /** By what they need, as many operations need the same. */
    static String ofOperations(List<String> operations) {
        SortedMap<String, List<String>> byNeed = new TreeMap<>(
                operations.stream().collect(Collectors.groupingBy(AccessTables::words, Collectors.toList())));
        return "| operations | need |\n|---|---|\n"
                + byNeed.entrySet().stream().map(AccessTables::row).collect(Collectors.joining());
    }

    private static String words(String operation) {
        return OperationRights.of(operation).map(OperationRights.Needed::words).orElse("NOT SAID");
    }

    private static String row(Map.Entry<String, List<String>> need) {
        String operations =
                need.getValue().stream().sorted().map("`%s`"::formatted).collect(Collectors.joining(", "));
        return "| %s | %s |\n".formatted(operations, need.getKey());
    }
}
