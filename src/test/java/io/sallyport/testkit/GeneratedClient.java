package io.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The client that the build generates from the contract, compiled with a program that uses it. */
public final class GeneratedClient implements AutoCloseable {
    private static final Path SOURCES = Path.of("target", "client", "src", "main", "java");
    private static final Path CLASSES = Path.of("target", "client", "classes");

    private final URLClassLoader classes;

    private GeneratedClient(URLClassLoader classes) {
        this.classes = classes;
    }

    /** All of the client, not only what the program names. */
    public static GeneratedClient compiledWith(String program) throws IOException {
        assertThat(SOURCES)
                .as("./mvnw openapi-generator:generate@client makes it")
                .isDirectory();
        List<Path> files = new ArrayList<>(List.of(Path.of(program)));
        try (var found = Files.walk(SOURCES)) {
            found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
        compile(files);
        return new GeneratedClient(
                new URLClassLoader(new URL[] {CLASSES.toUri().toURL()}, ClassLoader.getSystemClassLoader()));
    }

    private static void compile(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-d",
                    CLASSES.toString(),
                    "-proc:none",
                    "-nowarn",
                    "-classpath",
                    System.getProperty("java.class.path"));
            boolean isCompiled = compiler.getTask(
                            said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(isCompiled).as(said.toString()).isTrue();
        }
    }

    /** What {@code run(url, token)} of the program answers. */
    public List<?> run(String program, String url, String token) throws ReflectiveOperationException {
        return (List<?>) Class.forName(program, true, classes)
                .getMethod("run", String.class, String.class)
                .invoke(null, url, token);
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
