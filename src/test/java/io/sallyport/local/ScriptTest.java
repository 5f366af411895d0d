package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {

    private record Answer(int code, String text) {}

    @Test
    void helpListsEveryVerb() throws Exception {
        var help = sallyport(System.getenv("PATH"), "help");

        assertThat(help.code()).isZero();
        assertThat(help.text()).contains("up", "down", "test", "token", "bootstrap", "bench", "trial");
    }

    @Test
    void anUnknownVerbIsNamedAndFails() throws Exception {
        var answer = sallyport(System.getenv("PATH"), "sink");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.text()).contains("no verb 'sink'", "usage:");
    }

    @Test
    void withoutAJdkItSaysWhatToDo(@TempDir Path tools) throws Exception {
        for (var tool : List.of("sh", "dirname", "readlink", "grep", "cat")) {
            Files.createSymbolicLink(tools.resolve(tool), onPath(tool));
        }

        var answer = sallyport(tools.toString(), "up");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.text()).contains("needs a JDK 25", "JAVA_HOME");
    }

    private static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static Answer sallyport(String path, String verb) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(Path.of("sallyport").toAbsolutePath().toString(), verb).redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("SALLYPORT_JDKS", "");
        builder.environment().put("PATH", path);
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
