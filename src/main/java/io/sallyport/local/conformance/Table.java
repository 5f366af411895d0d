package io.sallyport.local.conformance;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Verdicts as people read them. */
final class Table {
    private Table() {}

    /** Markdown: a claim a line, a column for each server. */
    static String of(SequencedMap<String, SequencedMap<Claim, Verdict>> byServer) {
        List<Claim> claims = List.copyOf(byServer.firstEntry().getValue().sequencedKeySet());
        String head = "| manner | claim | written in | %s |\n|---|---|---|%s\n"
                .formatted(String.join(" | ", byServer.keySet()), "---|".repeat(byServer.size()));
        return claims.stream().map(claim -> line(claim, byServer)).collect(Collectors.joining("", head, ""));
    }

    private static String line(Claim claim, Map<String, SequencedMap<Claim, Verdict>> byServer) {
        return byServer.values().stream()
                .map(verdicts -> verdicts.get(claim))
                .map(verdict -> verdict == null ? "" : verdict.word())
                .collect(Collectors.joining(
                        " | ",
                        "| %s | %s | %s | ".formatted(claim.manner().words(), claim.text(), claim.section()),
                        " |\n"));
    }
}
