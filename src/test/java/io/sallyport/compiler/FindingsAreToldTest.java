package io.sallyport.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a writer may be told is in docs/findings.md, and nothing else is. */
class FindingsAreToldTest {
    // Of two words at least, as hardly any other text of the compiler is.
    private static final Pattern IN_THE_SOURCE = Pattern.compile("\"((?:[A-Z][a-z]+){2,})\"");
    private static final String A_TYPE_OF_CREDENTIALS = "CaBundle";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]*)\\|");
    private static final Pattern IN_A_ROW = Pattern.compile("`((?:[A-Z][a-z]+){2,})`");

    @Test
    void everyCodeIsInTheDocsAndIsGivenSomewhere() throws IOException {
        Set<String> given = new TreeSet<>();
        for (Path source : sources()) {
            String text = Files.readString(source).replaceAll("@SuppressWarnings\\([^)]*\\)", "");
            given.addAll(found(IN_THE_SOURCE, text));
        }
        given.remove(A_TYPE_OF_CREDENTIALS);
        Set<String> told = new TreeSet<>();
        found(ROW, Files.readString(Path.of("docs/findings.md"))).forEach(row -> told.addAll(found(IN_A_ROW, row)));

        assertThat(told).hasSizeGreaterThan(60).isEqualTo(given);
    }

    private static List<Path> sources() throws IOException {
        Path compiler = Path.of("src/main/java/io/sallyport/compiler");
        try (var files = Files.list(compiler);
                var ofGuardrails = Files.list(compiler.resolve("guardrail"))) {
            return Stream.concat(files, ofGuardrails)
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
