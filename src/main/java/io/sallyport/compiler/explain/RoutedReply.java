package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import java.util.Optional;

/** What a gateway answers by itself because of a route. */
final class RoutedReply {
    private static final int NOT_FOUND = 404;

    private RoutedReply() {}

    /** Nothing where what comes is from elsewhere, for all that is known. */
    static Optional<Reply> to(Routing routing) {
        return switch (routing) {
            case Routing.ToOwner owner -> Optional.empty();
            case Routing.AmbiguousPath ambiguous -> Optional.empty();
            case Routing.NoRoute none -> Optional.of(new Reply.Status(NOT_FOUND, "no-route"));
            case Routing.Taken taken ->
                aborted(taken.route()).or(() -> to(taken.route().action()));
        };
    }

    // What fails only now and then is not what becomes of it.
    private static Optional<Reply> aborted(CompiledRoute route) {
        return route.failure().stream()
                .<Reply>map(status -> new Reply.Status(status, "injected-fault"))
                .findFirst();
    }

    private static Optional<Reply> to(RouteAction action) {
        return switch (action) {
            case RouteAction.Forward forward -> Optional.empty();
            case RouteAction.Refuse refuse -> Optional.empty();
            case RouteAction.Redirect redirect ->
                Optional.of(new Reply.Status(redirect.redirect().statusCode(), ""));
            case RouteAction.Respond respond ->
                Optional.of(new Reply.Status(respond.response().status(), ""));
        };
    }
}
