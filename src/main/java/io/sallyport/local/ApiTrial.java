package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends every operation of the published contract what it describes and what it does not, to what is there and what is not, and
 * looks whether the answers are as it says: no server error, no status and no body that it does not know. The sending and looking
 * are Schemathesis'. Says which operations never did what they are for, so that nobody takes refusals alone for a proof.
 */
final class ApiTrial {
    private static final PythonProgram SCHEMATHESIS =
            PythonProgram.of("schemathesis-venv", "schemathesis==4.32.5", "schemathesis");
    private static final String CHECKS =
            "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance";
    private static final int MOST_EXAMPLES = 10_000;

    private ApiTrial() {}

    /** Against a control plane of its own; returns 1 where there is a finding. */
    static int run(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--cases", 50L);
        defaults.put("--seed", System.nanoTime() % 1_000_000);
        NumberOptions options = NumberOptions.parse("trial api", defaults, arguments);
        Path program = SCHEMATHESIS
                .findOrInstall()
                .orElseThrow(
                        () -> new CommandException(
                                "Schemathesis is not there and could not be installed; see .sallyport/schemathesis-venv/install.log"));
        // What an earlier trial left, policies that ask for approvals among it, would decide what this one can do.
        OwnPlane.delete(folder());
        try (Everything own = new Everything(UpOptions.controlPlaneOnFreePorts(folder()))) {
            Runtime.getRuntime().addShutdownHook(new Thread(own::close, "stop"));
            own.start();
            ApiClient admin = new ApiClient(EnvironmentFile.url(), TokenVerb.token("admin"));
            Example.applyOnce(admin, folder());
            Path settings = new TriedWorld(
                            admin, new ApiClient(EnvironmentFile.url(), TokenVerb.token("security")), folder())
                    .prepare();
            int findings = send(program, settings, options);
            AnsweredOperations.of(admin.text("/q/metrics")).lines().forEach(Report::say);
            return findings;
        }
    }

    private static Path folder() {
        return Checkout.state().resolve("trial-api");
    }

    private static int send(Path program, Path settings, NumberOptions options) {
        var command = List.of(
                program.toString(),
                "--config-file",
                settings.toAbsolutePath().toString(),
                "run",
                EnvironmentFile.url() + "/q/openapi?format=json",
                "--header",
                "Authorization: Bearer " + TokenVerb.token("admin"),
                "--checks",
                CHECKS,
                "--phases",
                "examples,coverage,fuzzing",
                "--max-examples",
                Integer.toString(options.count("--cases", MOST_EXAMPLES)),
                "--seed",
                Long.toString(options.number("--seed")),
                "--continue-on-failure",
                "--generation-database",
                "none",
                "--warnings",
                "off",
                "--no-color");
        try {
            Files.createDirectories(folder());
            Process process = new ProcessBuilder(command)
                    .directory(folder().toFile())
                    .inheritIO()
                    .start();
            return process.waitFor() == 0 ? 0 : 1;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
