package io.sallyport.compiler;

import io.sallyport.testkit.Cases;
import io.sallyport.testkit.GoldenFiles;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotGoldenTest {

    @Test
    void everyCaseCompilesToItsSnapshot() {
        Map<String, String> snapshots = new TreeMap<>();
        Stream.of(Cases.all(), Cases.ofTheNeutralCompiler())
                .forEach(cases -> cases.forEach((name, state) ->
                        snapshots.put(name, SnapshotText.of(new SnapshotCompiler().compile(state, Cases.GATEWAY)))));

        GoldenFiles.check("snapshot.txt", snapshots);
    }
}
