package io.sallyport.local.differential;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came back over HTTP.
 *
 * @param upstream {@code address:port} of the one that answered; empty where the gateway did
 */
record Answer(int status, String upstream, String body) {
    private static final int OK = 200;
    private static final Pattern RULE = Pattern.compile("\"(?:rule|authorization)\":\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("\"code\":\"([^\"]*)\"");

    boolean opensTunnel() {
        return status == OK && upstream.isEmpty();
    }

    Outcome outcome() {
        if (upstream.isEmpty()) {
            return new Outcome.Told(status, found(RULE), found(CODE));
        }
        int colon = upstream.lastIndexOf(':');
        return new Outcome.Reached(upstream.substring(0, colon), Integer.parseInt(upstream.substring(colon + 1)));
    }

    private String found(Pattern pattern) {
        Matcher matcher = pattern.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }
}
