package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came back over HTTP.
 *
 * @param headers by their names in lower case; what came several times, with commas between
 */
record Answer(int status, SortedMap<String, String> headers, String body) {
    private static final int OK = 200;
    private static final Pattern RULE = Pattern.compile("\"(?:rule|authorization)\":\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("\"code\":\"([^\"]*)\"");
    private static final String GRPC_STATUS = "grpc-status";
    private static final String GRPC_MESSAGE = "grpc-message";

    Answer {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /** Without a word. */
    Answer(int status) {
        this(status, Collections.emptySortedMap(), "");
    }

    boolean opensTunnel() {
        return status == OK && !isOfUpstream();
    }

    Outcome outcome() {
        if (!isOfUpstream()) {
            return new Outcome.Told(status, found(RULE), found(CODE), grpc(), headers, text());
        }
        String upstream = headers.getOrDefault(Upstreams.HEADER, "");
        int colon = upstream.lastIndexOf(':');
        return new Outcome.Reached(
                upstream.substring(0, colon),
                Integer.parseInt(upstream.substring(colon + 1)),
                headers.containsKey(Received.HEADER)
                        ? List.of(Received.decoded(headers.get(Received.HEADER)))
                        : List.of(),
                headers);
    }

    private boolean isOfUpstream() {
        return headers.containsKey(Upstreams.HEADER);
    }

    // Who calls by gRPC is told in headers what others read.
    private String text() {
        return headers.containsKey(GRPC_MESSAGE)
                ? URLDecoder.decode(headers.get(GRPC_MESSAGE).replace("+", "%2B"), UTF_8)
                : body;
    }

    private List<Integer> grpc() {
        return headers.containsKey(GRPC_STATUS) ? List.of(Integer.parseInt(headers.get(GRPC_STATUS))) : List.of();
    }

    private String found(Pattern pattern) {
        Matcher matcher = pattern.matcher(text());
        return matcher.find() ? matcher.group(1) : "";
    }
}
