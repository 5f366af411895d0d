package io.sallyport.local;

import java.net.URI;
import java.nio.file.Path;

/** What an Envoy proves itself by. */
public sealed interface AgentCredential {

    /** A token that it fetches and renews by itself, as an OIDC client; its secret is asked for when it is written. */
    record Client(String id, URI tokenUri) implements AgentCredential {}

    /** A certificate with a SPIFFE ID. Both files are read again when something is moved into their folder. */
    record Certificate(Path chain, Path key) implements AgentCredential {}
}
