package io.sallyport.domain.security;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How large a request may be.
 *
 * @param maxBodyBytes above which it is refused (413), {@link #MOST_BYTES} at most; 0 where there is no bound
 * @param maxHeadersKb above which it is refused (431), all headers together, 1 to 8192 KiB; 0 where there is no bound of
 *     the policy's
 */
public record RequestLimits(long maxBodyBytes, int maxHeadersKb) {
    /** A body above it is not held by a gateway: 64 MiB. */
    public static final long MOST_BYTES = 64L << 20;

    public static final int MOST_HEADERS_KB = 8192;

    public RequestLimits {
        if (maxBodyBytes < 0
                || maxBodyBytes > MOST_BYTES
                || maxHeadersKb < 0
                || (maxBodyBytes == 0 && maxHeadersKb == 0)) {
            throw new IllegalArgumentException("requestLimits have maxBodyBytes, or maxHeadersKb, or both");
        }
    }

    public OptionalLong body() {
        return maxBodyBytes == 0 ? OptionalLong.empty() : OptionalLong.of(maxBodyBytes);
    }

    public OptionalInt headers() {
        return maxHeadersKb == 0 ? OptionalInt.empty() : OptionalInt.of(maxHeadersKb);
    }
}
