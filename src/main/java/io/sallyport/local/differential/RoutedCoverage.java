package io.sallyport.local.differential;

import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.SourceIdentity;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.route.AmbiguousPath;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How often routes and policies had a say in what became of requests that rules let in. */
record RoutedCoverage(Attempt attempt, List<Verdict> expected, Outcome outcome) {

    void count(Consumer<String> counts) {
        Verdict first = expected.getFirst();
        ofPolicies(first).forEach(counts);
        if (first.ruling().allows() || first.reason() == Reason.ROUTE_ESCAPES_RULES) {
            ofRoutes(first).forEach(counts);
        }
    }

    private List<String> ofPolicies(Verdict verdict) {
        List<String> counted = new ArrayList<>();
        switch (verdict.reason()) {
            case AUTHORIZATION -> counted.add("policies: authorization refused");
            case AMBIGUOUS_PATH -> counted.add("ambiguous path, refused");
            case AMBIGUOUS_METHOD -> counted.add("policies: ambiguous method");
            case INVALID_TOKEN, TOKEN_REQUIRED ->
                counted.add("policies: " + verdict.reason().code());
            default -> {}
        }
        if (!verdict.audits().isEmpty()) {
            counted.add("policies: audited");
        }
        if (verdict.ruling().allows() && attempt.approach() instanceof HttpRequest request) {
            ofPassing(request, verdict, counted);
        }
        return counted;
    }

    private void ofPassing(HttpRequest request, Verdict verdict, List<String> counted) {
        if (verdict.source().identity() instanceof SourceIdentity.Token) {
            counted.add("policies: passed by token"
                    + (attempt.peer().token().getFirst().header().equals(Tokens.HEADERS.getFirst())
                            ? ""
                            : " in another header"));
        }
        if (verdict.reply() instanceof Reply.Status(int status, String code) && code.equals("body-too-large")) {
            counted.add("policies: body too large");
        }
        if (Gatekeeping.isPreflight(request, verdict.routing()) && verdict.reply() instanceof Reply.Status) {
            counted.add("policies: preflight answered");
        }
        if (isReached() && isAmbiguous(request)) {
            counted.add("ambiguous path, passed as sent");
        }
        if (isReached()
                && verdict.asked().stream().anyMatch(asked -> asked.sections().contains("headers"))) {
            counted.add("policies: headers changed");
        }
    }

    private static boolean isAmbiguous(HttpRequest request) {
        return AmbiguousPath.is(request.path().replaceFirst("\\?.*", ""));
    }

    private boolean isReached() {
        return outcome instanceof Outcome.Reached;
    }

    private List<String> ofRoutes(Verdict verdict) {
        return switch (verdict.routing()) {
            case Routing.ToOwner owner -> List.of();
            case Routing.NoRoute none -> List.of("routes: none, 404");
            case Routing.AmbiguousPath ambiguous -> List.of();
            case Routing.Taken(CompiledRoute route) -> ofRoute(verdict, route);
        };
    }

    private List<String> ofRoute(Verdict verdict, CompiledRoute route) {
        List<String> counted = new ArrayList<>(List.of("routes: taken"));
        switch (route.action()) {
            case RouteAction.Refuse refuse -> counted.add("routes: escapes the rules, refused");
            case RouteAction.Redirect redirect -> counted.add("routes: redirected");
            case RouteAction.Respond respond -> counted.add("routes: answered directly");
            case RouteAction.Forward forward -> {
                if (isReached()) {
                    ofForward(verdict, forward, counted);
                }
            }
        }
        if (verdict.reply() instanceof Reply.Status(int status, String code) && code.equals("injected-fault")) {
            counted.add("routes: fault injected");
        }
        return counted;
    }

    private void ofForward(Verdict verdict, RouteAction.Forward forward, List<String> counted) {
        counted.add("routes: forwarded");
        if (expected.size() > 1) {
            counted.add("routes: forwarded, one of several");
        }
        boolean isElsewhere = verdict.place().stream()
                .anyMatch(place -> !forward.targets().getFirst().upstream().startsWith(place.destination() + "/"));
        if (isElsewhere) {
            counted.add("routes: forwarded to another destination");
        }
        if (!forward.edits().path().isEmpty()) {
            counted.add("routes: path rewritten");
        }
        if (!forward.edits().host().isEmpty()) {
            counted.add("routes: host rewritten");
        }
        if (!forward.edits().headers().isEmpty()) {
            counted.add("routes: headers edited");
        }
        if (!(attempt.approach() instanceof HttpRequest)) {
            counted.add("routes: unread connections");
        }
    }
}
