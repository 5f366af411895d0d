package io.sallyport.compiler.envoy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** XXH64 without seed, by which Envoy spreads texts: github.com/Cyan4973/xxHash, doc/xxhash_spec.md. */
final class Xxh64 {
    private static final long PRIME1 = 0x9E3779B185EBCA87L;
    private static final long PRIME2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME3 = 0x165667B19E3779F9L;
    private static final long PRIME4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME5 = 0x27D4EB2F165667C5L;
    private static final long PRIME1_AND_2 = 0x60EA27EEADC0B5D6L;
    private static final long MINUS_PRIME1 = 0x61C8864E7A143579L;
    private static final int STRIPE = 32;

    private Xxh64() {}

    static long of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long start = bytes.length < STRIPE ? PRIME5 : stripes(input);
        return avalanche(rest(input, start + bytes.length));
    }

    private static long stripes(ByteBuffer input) {
        long[] lanes = {PRIME1_AND_2, PRIME2, 0, MINUS_PRIME1};
        while (input.remaining() >= STRIPE) {
            for (int lane = 0; lane < lanes.length; lane++) {
                lanes[lane] = round(lanes[lane], input.getLong());
            }
        }
        long hash = Long.rotateLeft(lanes[0], 1)
                + Long.rotateLeft(lanes[1], 7)
                + Long.rotateLeft(lanes[2], 12)
                + Long.rotateLeft(lanes[3], 18);
        for (long lane : lanes) {
            hash = (hash ^ round(0, lane)) * PRIME1 + PRIME4;
        }
        return hash;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME2, 31) * PRIME1;
    }

    private static long rest(ByteBuffer input, long start) {
        long hash = start;
        while (input.remaining() >= Long.BYTES) {
            hash = Long.rotateLeft(hash ^ round(0, input.getLong()), 27) * PRIME1 + PRIME4;
        }
        if (input.remaining() >= Integer.BYTES) {
            hash = Long.rotateLeft(hash ^ Integer.toUnsignedLong(input.getInt()) * PRIME1, 23) * PRIME2 + PRIME3;
        }
        while (input.hasRemaining()) {
            hash = Long.rotateLeft(hash ^ Byte.toUnsignedLong(input.get()) * PRIME5, 11) * PRIME1;
        }
        return hash;
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ hash >>> 33) * PRIME2;
        mixed = (mixed ^ mixed >>> 29) * PRIME3;
        return mixed ^ mixed >>> 32;
    }
}
