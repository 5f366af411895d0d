package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own bench, which does what one changed rule does to the database: the statements of our transaction, in
 * their order, with rows as large, on tables of the same form in a schema of their own.
 */
final class PgBench {
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without");
    private static final List<Path> PLACES = List.of(Path.of("/usr/lib/postgresql"), Path.of("/usr/local/pgsql"));
    private static final int MOST_THREADS = 2;

    private final Path program;
    private final LocalPostgres postgres;
    private final Path script;

    private PgBench(Path program, LocalPostgres postgres, Path script) {
        this.program = program;
        this.postgres = postgres;
        this.script = script;
    }

    /** Throws CommandException, with how to get it, where this machine has none. */
    static Path program() {
        return Stream.concat(onPath(), PLACES.stream().flatMap(PgBench::below))
                .findFirst()
                .orElseThrow(
                        () -> new CommandException(
                                "bench writes needs pgbench and finds none on the PATH or in /usr/lib/postgresql. It comes with PostgreSQL: on Debian and Ubuntu apt-get install postgresql-client (pgbench is in it, or in postgresql-contrib), on Fedora dnf install postgresql-contrib, on macOS brew install postgresql."));
    }

    private static Stream<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, "pgbench"))
                .filter(Files::isExecutable);
    }

    // The newest version first.
    private static Stream<Path> below(Path folder) {
        try (var files = Files.isDirectory(folder) ? Files.walk(folder, 3) : Stream.<Path>of()) {
            return files
                    .filter(file -> file.endsWith("bin/pgbench") && Files.isExecutable(file))
                    .sorted(Comparator.reverseOrder())
                    .toList()
                    .stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** On copies of the tables as they are now. */
    static PgBench of(Path program, LocalPostgres postgres, BenchDocuments documents, Path folder) {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), LocalPostgres.USER, "");
                var statement = connection.createStatement()) {
            statement.execute(PgBenchScript.TABLES);
            Path script = folder.resolve("one-write.sql");
            Files.writeString(script, PgBenchScript.of(documents));
            return new PgBench(program, postgres, script);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Transactions a second. */
    double rate(int clients, Duration time) {
        ProcessBuilder command = new ProcessBuilder(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=" + Math.min(clients, MOST_THREADS),
                "--time=" + time.toSeconds(),
                "--file=" + script,
                "--host=127.0.0.1",
                "--port=" + postgres.port(),
                "--username=" + LocalPostgres.USER,
                LocalPostgres.DATABASE);
        command.environment().put("PGOPTIONS", "-c search_path=" + PgBenchScript.SCHEMA);
        String said = output(command.redirectErrorStream(true));
        Matcher rate = RATE.matcher(said);
        return Optional.of(rate)
                .filter(Matcher::find)
                .map(found -> Double.parseDouble(found.group(1)))
                .orElseThrow(() -> new CommandException("pgbench did not tell a rate. It said:\n" + said));
    }

    private static String output(ProcessBuilder command) {
        try {
            Process process = command.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.onExit().join();
            return said;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
