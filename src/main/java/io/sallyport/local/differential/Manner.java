package io.sallyport.local.differential;

import io.sallyport.domain.decision.Approach;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a request is written, which is to make no difference, and how much comes with it.
 *
 * @param isDouble whether it says another host besides, which does not count: in {@code Host}, beside an absolute-form
 *     target or {@code :authority}
 * @param isHttp2 whether it comes over HTTP/2
 * @param bodyBytes the length of its body; none where 0
 */
record Manner(boolean isDouble, boolean isHttp2, int bodyBytes) {

    /** The headers as they are written, one a line. */
    static List<Map.Entry<String, String>> headers(Approach.HttpRequest request) {
        return request.headers().entrySet().stream()
                .flatMap(header -> header.getValue().lines().findAny().isEmpty()
                        ? Stream.of(Map.entry(header.getKey(), ""))
                        : header.getValue().lines().map(value -> Map.entry(header.getKey(), value)))
                .toList();
    }
}
