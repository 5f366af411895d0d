package io.sallyport.compiler.envoy;

import com.google.protobuf.Any;

/**
 * One resource, encoded once.
 *
 * @param version the first 16 hex digits of SHA-256 over the encoded body: equal content, equal version
 */
public record EnvoyResource(ResourceType type, String name, String version, Any body) {
    /** Without its body, which may be secret. */
    @Override
    public String toString() {
        return type + " " + name + " " + version;
    }
}
