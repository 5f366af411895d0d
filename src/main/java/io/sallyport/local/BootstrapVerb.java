package io.sallyport.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Writes the bootstrap of an Envoy that is to be a given gateway, and prints how to launch it. */
final class BootstrapVerb {

    // The longest path that a Unix socket can have is 107 bytes.
    private static final int LONGEST_FOLDER = 107 - "/admin.sock".length();

    private BootstrapVerb() {}

    @SuppressWarnings("SystemOut")
    static int run(List<String> arguments) {
        if (arguments.size() != 2 || !arguments.getFirst().matches("[a-z0-9-]+/[a-z0-9-]+")) {
            throw new CommandException("usage: ./sallyport bootstrap NAMESPACE/GATEWAY DIR");
        }
        var api = new ApiClient(EnvironmentFile.url(), TokenVerb.token("admin"));
        var file = write(
                api,
                arguments.getFirst(),
                EnvironmentFile.grpc(),
                EnvironmentFile.issuer(),
                Checkout.asSeenByUser(arguments.getLast()));
        System.out.println("Written: " + file + "\nLaunch it:\n  "
                + String.join(" ", EnvoyLaunch.command(EnvoyLaunch.nameToPrint(), file)));
        return 0;
    }

    static Path write(ApiClient api, String gateway, String grpc, URI issuer, Path folder) {
        if (folder.toString().length() > LONGEST_FOLDER) {
            throw new CommandException(
                    "The path " + folder + " is too long for Envoy's admin socket in it; take one of " + LONGEST_FOLDER
                            + " characters or less.");
        }
        return new BootstrapFile(gateway, clientId(api, gateway), grpc, new IssuerClient(issuer).tokenUri())
                .write(folder, "local");
    }

    private static String clientId(ApiClient api, String gateway) {
        var slash = gateway.indexOf('/');
        var resource = api.get("/api/v1/namespaces/%s/egress-gateways/%s"
                .formatted(gateway.substring(0, slash), gateway.substring(slash + 1)));
        return StreamSupport.stream(
                        resource.at("/spec/agentSelector/identities").spliterator(), false)
                .map(identity -> identity.path("clientId"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        "The agentSelector of " + gateway + " names no clientId; name one, so that Envoy can be it."));
    }
}
