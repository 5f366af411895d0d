package io.sallyport.local;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code ./sallyport up} was asked for. */
record UpOptions(boolean withExample, int httpPort, int grpcPort, int issuerPort, int postgresPort, Path data) {

    private static final String USAGE = """
            usage: ./sallyport up [--only control-plane] [--data DIR]
                                  [--http-port N] [--grpc-port N] [--issuer-port N] [--postgres-port N]""";

    /** Beside whatever else runs, with data of its own. */
    static UpOptions controlPlaneOnFreePorts(Path data) {
        return new UpOptions(false, Ports.free(), Ports.free(), Ports.free(), Ports.free(), data);
    }

    static UpOptions parse(List<String> arguments) {
        var given = read(arguments.iterator());
        var options = new UpOptions(
                !given.containsKey("--only"),
                port(given, "--http-port", 8080),
                port(given, "--grpc-port", 9090),
                port(given, "--issuer-port", 8180),
                port(given, "--postgres-port", 5433),
                Checkout.asSeenByUser(given.getOrDefault(
                        "--data", Checkout.state().resolve("data").toString())));
        given.keySet().removeAll(List.of("--http-port", "--grpc-port", "--issuer-port", "--postgres-port", "--data"));
        if (!given.isEmpty() && !given.equals(Map.of("--only", "control-plane"))) {
            throw new CommandException("up does not know " + given + "\n" + USAGE);
        }
        return options;
    }

    private static Map<String, String> read(Iterator<String> arguments) {
        var given = new LinkedHashMap<String, String>();
        while (arguments.hasNext()) {
            var name = arguments.next();
            if (!name.startsWith("--") || !arguments.hasNext()) {
                throw new CommandException("up does not understand '" + name + "'\n" + USAGE);
            }
            given.put(name, arguments.next());
        }
        return given;
    }

    private static int port(Map<String, String> given, String name, int otherwise) {
        var value = given.getOrDefault(name, Integer.toString(otherwise));
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65535) {
            throw new CommandException(name + " must be a port from 1 to 65535, not '" + value + "'");
        }
        return Integer.parseInt(value);
    }
}
