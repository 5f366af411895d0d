package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The quick start's example: its resources, the ports they speak of, and the lines to try. */
final class Example {

    static final String GATEWAY = "edge/internet";
    static final String HOST = "billing.example";
    static final int UPSTREAM_HTTP = 18080;
    static final int UPSTREAM_TLS = 18443;
    static final List<Integer> PORTS = List.of(10080, 10443, UPSTREAM_HTTP, UPSTREAM_TLS);

    static final List<CurlLine> LINES = List.of(
            new CurlLine(
                    "allowed: 127.0.0.2 is the workload shop/checkout",
                    "curl --interface 127.0.0.2 --connect-to billing.example:80:127.0.0.1:10080 http://billing.example/hello",
                    "Hello from billing.example"),
            new CurlLine(
                    "refused: 127.0.0.1 is nobody that a rule names",
                    "curl --connect-to billing.example:80:127.0.0.1:10080 http://billing.example/hello",
                    "default-deny"),
            new CurlLine(
                    "allowed over TLS, by the server name alone",
                    "curl -k --interface 127.0.0.2 --connect-to billing.example:443:127.0.0.1:10443 https://billing.example/hello",
                    "over TLS"));

    private Example() {}

    /** Once per data folder, so that what the user changed later is left alone. */
    static void applyOnce(ApiClient api, Path data) {
        var applied = data.resolve("quickstart-applied");
        if (Files.exists(applied)) {
            return;
        }
        api.apply(documents());
        try {
            Files.writeString(applied, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String documents() {
        try (var files = Files.list(Checkout.root().resolve("examples/quickstart"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(Example::read)
                    .collect(Collectors.joining("---\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
