package io.sallyport.local.differential;

import io.sallyport.domain.decision.Approach;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What requests ask of a host: paths that can be read in two ways among others. */
record RandomRequest(Dice dice) {
    private static final List<String> METHODS =
            List.of("GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "OPTIONS");
    private static final List<String> PLAIN = List.of(
            "/pair",
            "/pair",
            "/",
            "/a",
            "/a",
            "/a/",
            "/ab",
            "/a/b",
            "/a/b/c",
            "/A",
            "/b",
            "/b/c",
            "/a.b",
            "/.a",
            "/...",
            "/a;v=1",
            "/a%20b",
            "/a%20b/c",
            "/trial.Pair/Call",
            "/trial.Pair/Other");
    private static final List<String> ODD = List.of(
            "/a/../b",
            "/a/..",
            "/..",
            "/./a",
            "/a/.",
            "//a",
            "//",
            "/a//b",
            "/b//",
            "/a/%2e%2e/b",
            "/%2E/a",
            "/a%2Fb",
            "/a%2fb",
            "/%61",
            "/a%5cb",
            "/a%5Cb",
            "/a\\b",
            "/%5c",
            "/a%",
            "/a%zz",
            "/%e4",
            "/b/%2e",
            "/%2561",
            "/a%3Fx=1",
            "/a%3b",
            "/%7Ea",
            "/a/b/..;/c");
    private static final List<String> QUERIES = List.of(
            "?x=1",
            "?x=1",
            "?x=2&x=1",
            "?x",
            "?",
            "?x=",
            "?y=1&x=1",
            "?x=%31",
            "?q=/../%2e//",
            "?x=1?y=2",
            "?&x=1",
            "?X=1");
    private static final List<String> ENVIRONMENTS =
            List.of("live", "live", "test", "Live", "live,test", "live\ntest", "test\nlive", "li", "");
    private static final List<String> CONTENTS = List.of(
            "application/grpc", "application/grpc+proto", "application/grpc-web", "application/grpc;x=1", "text/plain");
    private static final List<String> FORGED = List.of(
            "x-sallyport-identities",
            "x-sallyport-destination",
            "x-sallyport-issuer",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-envoy-original-path",
            "x-envoy-upstream-rq-timeout-ms",
            "x-request-id",
            "forwarded");

    Approach.HttpRequest of(String authority, List<String> serverName) {
        String path = dice.one(dice.in(4) ? ODD : PLAIN) + (dice.in(3) ? dice.one(QUERIES) : "");
        return new Approach.HttpRequest(authority, dice.one(METHODS), path, serverName, headers());
    }

    Manner manner() {
        return new Manner(dice.in(3), dice.in(4), dice.in(6) ? dice.one(List.of(1, 100, 101, 2000)) : 0);
    }

    private SortedMap<String, String> headers() {
        SortedMap<String, String> headers = new TreeMap<>();
        if (dice.in(2)) {
            headers.put("x-env", dice.one(ENVIRONMENTS));
        }
        if (dice.in(3)) {
            headers.put(dice.one(List.of("x-team", "x-add", "x-set", "x-level")), "asked");
        }
        if (dice.in(6)) {
            headers.put("content-type", dice.one(CONTENTS));
        }
        if (dice.in(20)) {
            headers.put(dice.one(List.of("x-http-method-override", "x-http-method", "x-method-override")), "DELETE");
        }
        if (dice.in(10)) {
            headers.put(dice.one(FORGED), "127.1.0.1");
        }
        if (dice.in(5)) {
            headers.put(
                    "origin", dice.one(List.of("https://app.example", "https://x.app.example", "https://evil.test")));
            if (dice.in(2)) {
                headers.put("access-control-request-method", "GET");
            }
        }
        return headers;
    }
}
