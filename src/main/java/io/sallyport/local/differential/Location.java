package io.sallyport.local.differential;

import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteFilter.Redirect;
import java.util.Locale;

/**
 * Where a redirect leads.
 *
 * @param host in lower case
 * @param path with its query
 */
record Location(String scheme, String host, int port, String path) {
    private static final String HTTPS = "https";
    private static final int PORT_OF_HTTPS = 443;
    private static final int PORT_OF_HTTP = 80;

    /** As a header says it. */
    static Location parse(String text) {
        String scheme = text.substring(0, text.indexOf("://"));
        String rest = text.substring(scheme.length() + 3);
        int slash = rest.indexOf('/');
        return of(scheme, rest.substring(0, slash), rest.substring(slash));
    }

    /**
     * Where the request is to be sent; what the redirect does not say stays as the request has it; but where
     * it says a scheme or a host, the port is the scheme's usual one.
     *
     * @param asking the scheme of the request
     */
    static Location of(Redirect redirect, PathMatch matched, HttpRequest request, String asking) {
        Location asked = of(asking, Passing.withoutDot(request.authority()), request.path());
        String scheme = redirect.scheme().stream()
                .map(said -> said.name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(asked.scheme());
        return new Location(
                scheme,
                redirect.hostname().stream().map(HostPattern::value).findFirst().orElse(asked.host()),
                redirect.port().stream()
                        .map(PortNumber::value)
                        .findFirst()
                        .orElse(
                                redirect.scheme().isEmpty()
                                                && redirect.hostname().isEmpty()
                                        ? asked.port()
                                        : usual(scheme)),
                redirect.path().stream()
                        .map(rewrite -> Passing.rewritten(request.path(), matched, rewrite))
                        .findFirst()
                        .orElse(asked.path()));
    }

    private static Location of(String scheme, String authority, String path) {
        int colon = authority.indexOf(':');
        return new Location(
                scheme,
                (colon < 0 ? authority : authority.substring(0, colon)).toLowerCase(Locale.ROOT),
                colon < 0 ? usual(scheme) : Integer.parseInt(authority.substring(colon + 1)),
                path);
    }

    private static int usual(String scheme) {
        return scheme.equals(HTTPS) ? PORT_OF_HTTPS : PORT_OF_HTTP;
    }
}
