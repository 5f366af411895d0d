package io.sallyport.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code ./sallyport bootstrap} was asked for. */
record BootstrapOptions(String gateway, Path folder, Map<String, String> files) {
    private static final Set<String> KNOWN = Set.of("--ca", "--server-name", "--certificate", "--key");
    private static final String USAGE = """
            usage: ./sallyport bootstrap NAMESPACE/GATEWAY DIR [--ca FILE [--server-name NAME] [--certificate FILE --key FILE]]""";

    BootstrapOptions {
        files = Map.copyOf(files);
    }

    static BootstrapOptions parse(List<String> arguments) {
        if (arguments.size() < 2 || !arguments.getFirst().matches("[a-z0-9-]+/[a-z0-9-]+")) {
            throw new CommandException(USAGE);
        }
        Map<String, String> files = new HashMap<>();
        for (int index = 2; index < arguments.size(); index += 2) {
            if (!KNOWN.contains(arguments.get(index)) || index + 1 == arguments.size()) {
                throw new CommandException("bootstrap does not understand '" + arguments.get(index) + "'\n" + USAGE);
            }
            files.put(arguments.get(index), arguments.get(index + 1));
        }
        return new BootstrapOptions(arguments.getFirst(), Checkout.asSeenByUser(arguments.get(1)), files).checked();
    }

    private BootstrapOptions checked() {
        if (files.containsKey("--certificate") != files.containsKey("--key")) {
            throw new CommandException("--certificate and --key belong together\n" + USAGE);
        }
        if (files.containsKey("--certificate") && trust("control-plane:1").isEmpty()) {
            throw new CommandException(
                    "A certificate is shown over TLS alone: say by --ca who signs for the control plane.\n" + USAGE);
        }
        return this;
    }

    /** Empty where it is to fetch tokens. */
    Optional<AgentCredential.Certificate> certificate() {
        return value("--certificate")
                .map(chain -> new AgentCredential.Certificate(
                        file(chain), file(value("--key").orElseThrow())));
    }

    /** Empty where it is to speak in the clear. */
    Optional<ServerTrust> trust(String grpc) {
        return ServerTrust.given(value("--ca"), value("--server-name"), grpc);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static Path file(String text) {
        return ServerTrust.checked(Checkout.asSeenByUser(text));
    }
}
