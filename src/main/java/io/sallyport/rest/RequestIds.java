package io.sallyport.rest;

import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives every request an id, and every answer that id, the revision that this replica knew, and how long it has not heard
 * of its store where that is away: what is not an answer of an operation, too. The caller's own id is taken, else the trace that he is in (W3C Trace Context), else one is made.
 */
@Singleton
public class RequestIds {
    static final String REQUEST_ID = "X-Request-Id";

    static final String STALE = "Sallyport-Stale";
    static final String STALE_MEANS =
            "Only while the store does not answer the replica: for how many seconds it has not. What is read is as of then.";

    private static final int BEFORE_ALL = -1_000;
    private static final Pattern OWN = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final String NO_TRACE = "0".repeat(32);

    private final CurrentState current;
    private final FollowHead followHead;

    @Inject
    RequestIds(CurrentState current, FollowHead followHead) {
        this.current = current;
        this.followHead = followHead;
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_ALL).handler(this::identify);
    }

    private void identify(RoutingContext routing) {
        String id = own(routing)
                .or(() -> trace(routing))
                .orElseGet(() -> UUID.randomUUID().toString());
        routing.put(REQUEST_ID, id);
        routing.response().putHeader(REQUEST_ID, id);
        String seen = current.get().revision().toString();
        // A write says itself which revision it made, and there is but one such header.
        routing.addHeadersEndHandler(ignored -> {
            if (!routing.response().headers().contains(ResourceExchange.REVISION)) {
                routing.response().putHeader(ResourceExchange.REVISION, seen);
            }
        });
        if (followHead.isStoreAway()) {
            routing.response()
                    .putHeader(STALE, Long.toString(followHead.silence().toSeconds()));
        }
        routing.next();
    }

    /** Of a request that came through here. */
    static String of(RoutingContext routing) {
        return routing.get(REQUEST_ID, "");
    }

    private static Optional<String> own(RoutingContext routing) {
        return Optional.ofNullable(routing.request().getHeader(REQUEST_ID))
                .filter(id -> OWN.matcher(id).matches());
    }

    private static Optional<String> trace(RoutingContext routing) {
        return Optional.ofNullable(routing.request().getHeader("traceparent"))
                .map(TRACE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .filter(trace -> !trace.equals(NO_TRACE));
    }
}
