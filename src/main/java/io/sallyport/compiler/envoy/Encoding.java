package io.sallyport.compiler.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Messages to bytes, the same bytes every time: maps are written in the order of their keys. */
final class Encoding {
    private static final String PREFIX = "type.googleapis.com/";
    private static final int DIGITS = 16;

    private Encoding() {}

    static Any any(Message message) {
        return Any.newBuilder()
                .setTypeUrl(PREFIX + message.getDescriptorForType().getFullName())
                .setValue(bytes(message))
                .build();
    }

    static EnvoyResource resource(ResourceType type, String name, Message message) {
        Any body = any(message);
        return new EnvoyResource(type, name, digest(body.getValue()), body);
    }

    private static ByteString bytes(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            message.writeTo(output);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ByteString.copyFrom(bytes);
    }

    static String digest(ByteString content) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(content.toByteArray())).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
