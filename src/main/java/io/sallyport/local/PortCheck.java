package io.sallyport.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Looks at every port before anything starts, and says for each that is taken what to do. */
final class PortCheck {

    private static final String EXAMPLE = "end what uses it, or leave the example out by --only control-plane";

    private PortCheck() {}

    static void check(UpOptions options) {
        var taken = new ArrayList<String>();
        wanted(options).forEach((port, remedy) -> {
            if (Ports.isTaken(port)) {
                taken.add("Port " + port + " is in use: " + remedy + ".");
            }
        });
        if (!taken.isEmpty()) {
            throw new CommandException(String.join("\n", taken));
        }
    }

    private static Map<Integer, String> wanted(UpOptions options) {
        var wanted = new LinkedHashMap<Integer, String>();
        add(wanted, options.httpPort(), "choose another for the API by --http-port N");
        add(wanted, options.grpcPort(), "choose another for gRPC by --grpc-port N");
        add(wanted, options.issuerPort(), "choose another for the issuer by --issuer-port N");
        add(wanted, options.postgresPort(), "choose another for PostgreSQL by --postgres-port N");
        if (options.withExample()) {
            Example.PORTS.forEach(port -> add(wanted, port, EXAMPLE));
        }
        return wanted;
    }

    private static void add(Map<Integer, String> wanted, int port, String remedy) {
        if (wanted.put(port, remedy) != null) {
            throw new CommandException("Port " + port + " is given twice.");
        }
    }
}
