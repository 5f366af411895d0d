package io.sallyport.push.agent;

import com.google.protobuf.ByteString;
import io.sallyport.push.agent.v1.AgentProtocol;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One resource of the agent protocol, encoded once.
 *
 * @param hash the first 16 hex digits of SHA-256 over name and body: equal content, equal hash
 * @param encoded the whole {@code Resource} message
 */
record AgentResource(String name, String hash, ByteString encoded) {
    private static final int HASH_BYTES = 8;

    static AgentResource of(AgentProtocol.Resource withoutHash) {
        String hash = hash(withoutHash.toByteString().asReadOnlyByteBuffer());
        ByteString encoded = withoutHash.toBuilder().setHash(hash).build().toByteString();
        return new AgentResource(withoutHash.getName(), hash, encoded);
    }

    /** Without its body, which may be secret. */
    @Override
    public String toString() {
        return name + " " + hash;
    }

    private static String hash(ByteBuffer content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content);
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
