package io.sallyport.local;

import io.sallyport.domain.network.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * By what an Envoy knows the control plane.
 *
 * @param authorities PEM of who signs for it
 * @param name what its certificate is for: a host, an address or a SPIFFE ID
 */
public record ServerTrust(Path authorities, String name) {

    /** Of what was said on the command line, or else in the environment; empty where neither says anything. */
    static Optional<ServerTrust> given(Optional<String> authorities, Optional<String> name, String grpc) {
        return authorities
                .or(() -> Optional.ofNullable(System.getenv("SALLYPORT_GRPC_CA")))
                .map(Checkout::asSeenByUser)
                .map(file -> new ServerTrust(
                        checked(file),
                        name.or(() -> Optional.ofNullable(System.getenv("SALLYPORT_GRPC_SERVER_NAME")))
                                .orElseGet(() -> grpc.substring(0, grpc.lastIndexOf(':')))));
    }

    static Path checked(Path file) {
        if (!Files.isReadable(file)) {
            throw new CommandException("There is no file " + file + " that can be read.");
        }
        return file;
    }

    boolean isHost() {
        return sort().equals("DNS");
    }

    /** As Envoy calls the sort of alternative name. */
    String sort() {
        if (name.startsWith("spiffe://")) {
            return "URI";
        }
        return IpAddress.isValid(name) ? "IP_ADDRESS" : "DNS";
    }
}
