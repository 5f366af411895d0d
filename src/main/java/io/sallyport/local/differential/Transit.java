package io.sallyport.local.differential;

import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.route.RouteFilter.DirectResponse;
import io.sallyport.domain.route.RouteFilter.Redirect;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether a request and its answer arrived as routes and policies would have them. */
record Transit(Passing expected) {
    private static final int REDIRECTS_FROM = 301;
    private static final String CONTENT_TYPE = "content-type";

    /** What is different; nothing where they agree. */
    Optional<String> difference(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Reached reached -> ofReached(reached);
            case Outcome.Told told -> ofTold(told);
            case Outcome.Closed closed -> Optional.empty();
            case Outcome.ClosedInside cut -> Optional.empty();
            case Outcome.Broken broken -> Optional.empty();
        };
    }

    private Optional<String> ofReached(Outcome.Reached reached) {
        Received received = expected.received();
        if (reached.received().stream().noneMatch(seen -> isAlike(seen, received))) {
            return Optional.of("the upstream saw %s, not %s".formatted(reached.received(), received));
        }
        SortedMap<String, String> answered = expected.answered(Upstreams.saying("there"));
        return Upstreams.areAlike(answered, reached.headers())
                ? Optional.empty()
                : Optional.of("the answer had %s, not %s".formatted(reached.headers(), answered));
    }

    // How long it is and how it is sent is each hop's own business.
    private static boolean isAlike(Received seen, Received wanted) {
        SortedMap<String, String> headers = new TreeMap<>(seen.headers());
        headers.keySet().removeAll(Passing.FRAMING);
        return new Received(seen.method(), seen.authority(), seen.path(), headers).equals(wanted);
    }

    private Optional<String> ofTold(Outcome.Told told) {
        if (!told.code().isEmpty() || !(expected.verdict().routing() instanceof Routing.Taken taken)) {
            return Optional.empty();
        }
        return switch (taken.route().action()) {
            case RouteAction.Redirect(var redirect) ->
                told.status() < REDIRECTS_FROM ? Optional.empty() : ofRedirect(told, taken.route(), redirect);
            case RouteAction.Respond(var response) -> ofResponse(told, response);
            case RouteAction.Forward forward -> Optional.empty();
            case RouteAction.Refuse refuse -> Optional.empty();
        };
    }

    private Optional<String> ofRedirect(Outcome.Told told, CompiledRoute route, Redirect redirect) {
        Location wanted = Location.of(
                redirect,
                route.criteria().path(),
                expected.request(),
                expected.attempt()
                        .scheme(expected.request(), expected.listener().listener()));
        String said = told.headers().getOrDefault("location", "");
        return !said.isEmpty() && Location.parse(said).equals(wanted)
                ? ofHeaders(told)
                : Optional.of("it was sent to %s, not %s".formatted(said, wanted));
    }

    private Optional<String> ofResponse(Outcome.Told told, DirectResponse response) {
        boolean isAsWanted = told.body().equals(response.body())
                && (response.body().isEmpty()
                        || !told.grpc().isEmpty()
                        || response.contentType().equals(told.headers().get(CONTENT_TYPE)));
        return isAsWanted ? ofHeaders(told) : Optional.of("the answer was not %s".formatted(response));
    }

    private Optional<String> ofHeaders(Outcome.Told told) {
        SortedMap<String, String> wanted = expected.answered(new TreeMap<>());
        return Upstreams.areAlike(wanted, told.headers())
                ? Optional.empty()
                : Optional.of("the answer had %s, not %s".formatted(told.headers(), wanted));
    }
}
