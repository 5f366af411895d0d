package io.sallyport.rest.json;

import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteBackend;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.rest.json.Violations.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fields of one rule of a route that cannot hold together, each reported where it stands. */
final class RouteContradictions {
    private final Fields fields;
    private final List<RouteFilter> filters;

    private RouteContradictions(Fields fields, List<RouteFilter> filters) {
        this.fields = fields;
        this.filters = filters;
    }

    static void report(
            Fields fields,
            List<RouteMatch> matches,
            List<RouteFilter> filters,
            List<RouteBackend> backends,
            Optional<RouteTimeouts> timeouts,
            Optional<RetryPolicy> retry) {
        RouteContradictions contradictions = new RouteContradictions(fields, filters);
        contradictions.weights(backends);
        timeouts.ifPresent(known -> retry.ifPresent(again -> contradictions.attempts(known, again)));
        // Places of filters are known only where each of them could be read.
        if (filters.size() == fields.place().value().path("filters").size()) {
            contradictions.onlyOnce();
            contradictions.answeredHere();
            contradictions.prefixes(matches);
        }
    }

    private void weights(List<RouteBackend> backends) {
        if (!backends.isEmpty()
                && backends.size() == fields.place().value().path("backends").size()
                && backends.stream().allMatch(backend -> backend.weight() == 0)) {
            fields.place()
                    .child("backends")
                    .report(
                            Reason.CONTRADICTION,
                            "The weights sum to zero, so nothing would go anywhere: give one of them a weight, or leave backends out for the owner of the host.");
        }
    }

    private void attempts(RouteTimeouts timeouts, RetryPolicy retry) {
        Duration perTry = retry.perTryTimeout();
        if (perTry.isZero()) {
            return;
        }
        Place place = fields.place().child("retry").child("perTryTimeout");
        if (!timeouts.backendRequest().isZero()) {
            place.report(
                    Reason.CONTRADICTION, "It says the same as timeouts.backendRequest: leave one of the two out.");
        } else if (!timeouts.request().isZero() && perTry.compareTo(timeouts.request()) > 0) {
            place.report(
                    Reason.CONTRADICTION, "One attempt cannot take longer than timeouts.request, which is for all.");
        }
    }

    private void onlyOnce() {
        Set<Class<?>> seen = new HashSet<>();
        for (int index = 0; index < filters.size(); index++) {
            RouteFilter filter = filters.get(index);
            if (!(filter instanceof RouteFilter.Mirror) && !seen.add(filter.getClass())) {
                at(index)
                        .report(
                                Reason.DUPLICATE,
                                "%s is there already; say all in one.".formatted(RouteFilterJson.type(filter)));
            }
        }
    }

    // Who is answered here is not sent on, so nothing can be said of that.
    private void answeredHere() {
        List<RouteFilter> answers =
                filters.stream().filter(RouteContradictions::isAnswer).toList();
        if (answers.isEmpty()) {
            return;
        }
        String type = RouteFilterJson.type(answers.getFirst());
        for (String field : List.of("backends", "timeouts", "retry")) {
            fields.refused(field, "%s answers the request itself, and nothing is sent on.".formatted(type));
        }
        int answering = filters.indexOf(answers.getFirst());
        for (int index = 0; index < filters.size(); index++) {
            if (index != answering && needsSending(filters.get(index))) {
                at(index)
                        .report(
                                Reason.CONTRADICTION,
                                "%s answers the request itself, and nothing is sent on.".formatted(type));
            }
        }
    }

    private static boolean isAnswer(RouteFilter filter) {
        return filter instanceof RouteFilter.Redirect || filter instanceof RouteFilter.DirectResponse;
    }

    private static boolean needsSending(RouteFilter filter) {
        return switch (filter) {
            case RouteFilter.RequestHeaders ignored -> true;
            case RouteFilter.Mirror ignored -> true;
            case RouteFilter.Rewrite ignored -> true;
            case RouteFilter.Redirect ignored -> true;
            case RouteFilter.DirectResponse ignored -> true;
            case RouteFilter.ResponseHeaders ignored -> false;
            case RouteFilter.Fault ignored -> false;
        };
    }

    private void prefixes(List<RouteMatch> matches) {
        boolean isPrefixEverywhere = matches.stream()
                .allMatch(match -> match.grpc().isEmpty()
                        && match.path().stream().allMatch(path -> path instanceof PathMatch.Prefix));
        for (int index = 0; index < filters.size(); index++) {
            if (!isPrefixEverywhere && replacesPrefix(filters.get(index))) {
                at(index)
                        .child(RouteFilterJson.field(filters.get(index)))
                        .child("path")
                        .report(
                                Reason.CONTRADICTION,
                                "ReplacePrefixMatch replaces what a match of type PathPrefix means, and some match of this rule is of another type: use ReplaceFullPath, or make it a rule of its own.");
            }
        }
    }

    private static boolean replacesPrefix(RouteFilter filter) {
        List<PathRewrite> path = switch (filter) {
            case RouteFilter.Rewrite rewrite -> rewrite.path();
            case RouteFilter.Redirect redirect -> redirect.path();
            case RouteFilter.RequestHeaders ignored -> List.of();
            case RouteFilter.ResponseHeaders ignored -> List.of();
            case RouteFilter.Mirror ignored -> List.of();
            case RouteFilter.Fault ignored -> List.of();
            case RouteFilter.DirectResponse ignored -> List.of();
        };
        return path.stream().anyMatch(rewrite -> rewrite instanceof PathRewrite.Prefix);
    }

    private Place at(int filter) {
        return fields.place().child("filters").child(Integer.toString(filter));
    }
}
