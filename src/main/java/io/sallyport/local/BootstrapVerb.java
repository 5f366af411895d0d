package io.sallyport.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Writes the bootstrap of an Envoy that is to be a given gateway, and prints how to launch it. */
final class BootstrapVerb {

    // The longest path that a Unix socket can have is 107 bytes.
    private static final int LONGEST_FOLDER = 107 - "/admin.sock".length();

    private BootstrapVerb() {}

    @SuppressWarnings("SystemOut")
    static int run(List<String> arguments) {
        var options = BootstrapOptions.parse(arguments);
        var file =
                write(options, new ApiClient(EnvironmentFile.url(), TokenVerb.token("admin")), EnvironmentFile.grpc());
        System.out.println("Written: " + file + "\nLaunch it:\n  "
                + String.join(" ", EnvoyLaunch.command(EnvoyLaunch.nameToPrint(), file)));
        return 0;
    }

    private static Path write(BootstrapOptions options, ApiClient api, String grpc) {
        AgentCredential credential = options.certificate()
                .<AgentCredential>map(own -> own)
                .orElseGet(() -> client(api, options.gateway(), EnvironmentFile.issuer()));
        return write(credential, options.gateway(), grpc, options.trust(grpc), options.folder());
    }

    /** One that fetches tokens. */
    static Path write(ApiClient api, String gateway, String grpc, URI issuer, Path folder) {
        return write(
                client(api, gateway, issuer),
                gateway,
                grpc,
                ServerTrust.given(Optional.empty(), Optional.empty(), grpc),
                folder);
    }

    private static Path write(
            AgentCredential credential, String gateway, String grpc, Optional<ServerTrust> trust, Path folder) {
        if (folder.toString().length() > LONGEST_FOLDER) {
            throw new CommandException(
                    "The path " + folder + " is too long for Envoy's admin socket in it; take one of " + LONGEST_FOLDER
                            + " characters or less.");
        }
        return new BootstrapFile(gateway, credential, grpc, trust.stream().toList()).write(folder, "local");
    }

    private static AgentCredential client(ApiClient api, String gateway, URI issuer) {
        return new AgentCredential.Client(clientId(api, gateway), new IssuerClient(issuer).tokenUri());
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
                .orElseThrow(
                        () -> new CommandException(
                                "The agentSelector of " + gateway
                                        + " names no clientId; name one, so that Envoy can be it, or give a certificate by --certificate and --key."));
    }
}
