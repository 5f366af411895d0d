package io.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Expected output under {@code src/test/resources/golden/CASE/FILE}. With {@code -Dgolden.update} it is rewritten from
 * what comes out, and what no case makes any more is deleted.
 */
public final class GoldenFiles {
    private static final Path ROOT = Path.of("src/test/resources/golden");

    private GoldenFiles() {}

    /** Compares one file of every case: {@code actual} is by case, and no other case may have such a file. */
    public static void check(String file, Map<String, String> actual) {
        if (System.getProperty("golden.update") != null) {
            update(file, actual);
        }
        assertThat(stored(file)).isEqualTo(new TreeMap<>(actual));
    }

    private static SortedMap<String, String> stored(String file) {
        SortedMap<String, String> stored = new TreeMap<>();
        for (String name : casesWith(file)) {
            stored.put(name, read(ROOT.resolve(name).resolve(file)));
        }
        return stored;
    }

    private static Collection<String> casesWith(String file) {
        if (!Files.isDirectory(ROOT)) {
            return Stream.<String>empty().toList();
        }
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve(file)))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void update(String file, Map<String, String> actual) {
        try {
            for (String stale : casesWith(file)) {
                Files.delete(ROOT.resolve(stale).resolve(file));
            }
            for (Map.Entry<String, String> one : actual.entrySet()) {
                Path folder = Files.createDirectories(ROOT.resolve(one.getKey()));
                Files.writeString(folder.resolve(file), one.getValue());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
