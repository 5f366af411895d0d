package io.sallyport.domain.route;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.time.Duration;
import java.util.List;

/** What is done to a request that a rule of a route means. */
public sealed interface RouteFilter {

    /** Edits what is sent on. */
    record RequestHeaders(HeaderEdits edits) implements RouteFilter {}

    /** Edits what is answered. */
    record ResponseHeaders(HeaderEdits edits) implements RouteFilter {}

    /** Sends a copy, whose answer nobody sees. */
    record Mirror(BackendTarget target, Percentage percent) implements RouteFilter {}

    /**
     * Answers that it is elsewhere; what is not said stays as the request has it.
     *
     * @param scheme at most one
     * @param hostname exact; at most one
     * @param port at most one; where the scheme or the host is said and this is not, the usual one of the scheme
     * @param path at most one
     * @param statusCode 301, 302, 303, 307 or 308
     */
    record Redirect(
            List<Scheme> scheme,
            List<HostPattern> hostname,
            List<PortNumber> port,
            List<PathRewrite> path,
            int statusCode)
            implements RouteFilter {
        public static final List<Integer> STATUS_CODES = List.of(301, 302, 303, 307, 308);
        public static final int DEFAULT_STATUS_CODE = 302;

        public Redirect {
            scheme = List.copyOf(scheme);
            hostname = List.copyOf(hostname);
            port = List.copyOf(port);
            path = List.copyOf(path);
            if (scheme.size() > 1 || hostname.size() > 1 || port.size() > 1 || path.size() > 1) {
                throw new IllegalArgumentException("a redirect says each part once at most");
            }
            if (!STATUS_CODES.contains(statusCode)) {
                throw new IllegalArgumentException("%d is no status of a redirect".formatted(statusCode));
            }
        }
    }

    /**
     * Sends it on under another host or path; at least one of the two.
     *
     * @param hostname exact; at most one
     * @param path at most one
     */
    record Rewrite(List<HostPattern> hostname, List<PathRewrite> path) implements RouteFilter {
        public Rewrite {
            hostname = List.copyOf(hostname);
            path = List.copyOf(path);
            if (hostname.size() > 1 || path.size() > 1 || hostname.size() + path.size() == 0) {
                throw new IllegalArgumentException("a rewrite has a hostname, a path or both");
            }
        }
    }

    /**
     * Makes it late, or fails it, to see what comes of that; at least one of the two.
     *
     * @param delay at most one
     * @param abort at most one
     */
    record Fault(List<Delay> delay, List<Abort> abort) implements RouteFilter {
        public Fault {
            delay = List.copyOf(delay);
            abort = List.copyOf(abort);
            if (delay.size() > 1 || abort.size() > 1 || delay.size() + abort.size() == 0) {
                throw new IllegalArgumentException("a fault is a delay, an abort or both");
            }
        }
    }

    /** A wait before anything is sent. */
    record Delay(Duration fixedDelay, Percentage percent) {}

    /** An answer in place of the destination's; {@code status} is 200 to 599. */
    record Abort(int status, Percentage percent) {}

    /**
     * Answers in place of the destination.
     *
     * @param status 200 to 599
     * @param body of 4096 bytes at most, as Envoy takes it
     * @param contentType empty where the body is
     */
    record DirectResponse(int status, String body, String contentType) implements RouteFilter {
        public static final int LONGEST_BODY = 4096;
    }

    /** Of a URL. */
    enum Scheme {
        HTTP,
        HTTPS
    }
}
