package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.ValueMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which route a request to the gateway edge/internet takes, read off docs/routes.md sentence by sentence: every match of
 * every route that applies is held against every other. Of what a match can ask it knows what the property test writes.
 */
record ReferenceRoute(DesiredState state) {
    private record Candidate(Resource<TrafficRoute> route, int rule, int match, int hostRank, int parentRank) {
        RouteMatch asks() {
            return route.spec().rules().get(rule).alternatives().get(match);
        }
    }

    String of(HttpRequest request) {
        String[] authority = request.authority().split(":", -1);
        boolean isWild = !List.of("b.x.example", "z.example").contains(authority[0]);
        String owner = isWild ? "wild" : "one";
        int port = authority.length == 1 ? 80 : Integer.parseInt(authority[1]);
        if (!isWild && port == 81) {
            return "owner";
        }
        List<Candidate> applying = applying(authority[0], owner, port);
        if (applying.isEmpty()) {
            return "owner";
        }
        Candidate best = null;
        for (Candidate one : applying) {
            if (matches(one.asks(), request) && (best == null || comesBefore(one, best))) {
                best = one;
            }
        }
        return best == null ? "none" : "%s %d %d".formatted(best.route().name(), best.rule(), best.match());
    }

    private List<Candidate> applying(String host, String owner, int port) {
        List<Candidate> found = new ArrayList<>();
        for (Resource<TrafficRoute> route : state.routes()) {
            Optional<Integer> hostRank = hostRank(route.spec(), host);
            for (RouteParent parent : route.spec().parents()) {
                if (hostRank.isPresent() && isOf(parent, owner, port)) {
                    add(found, route, parent, hostRank.get(), port);
                }
            }
        }
        return found;
    }

    private static void add(
            List<Candidate> found, Resource<TrafficRoute> route, RouteParent parent, int hostRank, int port) {
        for (int rule = 0; rule < route.spec().rules().size(); rule++) {
            List<RouteMatch> matches = route.spec().rules().get(rule).alternatives();
            for (int match = 0; match < matches.size(); match++) {
                boolean isForPort = matches.get(match).port().isEmpty()
                        || matches.get(match).port().getFirst().value() == port;
                if (isForPort) {
                    int parentRank = parent.kind() == RouteParent.Kind.DESTINATION ? 0 : 1;
                    found.add(new Candidate(route, rule, match, hostRank, parentRank));
                }
            }
        }
    }

    // An exact hostname, then longer suffixes, then none at all.
    private static Optional<Integer> hostRank(TrafficRoute route, String host) {
        if (route.hostnames().isEmpty()) {
            return Optional.of(Integer.MAX_VALUE);
        }
        return route.hostnames().stream()
                .map(HostPattern::value)
                .filter(name -> name.equals(host) || (name.startsWith("*") && host.endsWith(name.substring(1))))
                .map(name -> name.equals(host) ? 0 : 1000 - name.length())
                .min(Integer::compare);
    }

    private static boolean isOf(RouteParent parent, String owner, int port) {
        return switch (parent.kind()) {
            case EGRESS_GATEWAY ->
                parent.sectionName().isEmpty()
                        || parent.sectionName().getFirst().value().equals("http");
            case DESTINATION ->
                parent.name().value().equals(owner)
                        && (parent.port().isEmpty() || parent.port().getFirst().value() == port);
        };
    }

    private static boolean comesBefore(Candidate one, Candidate other) {
        long[] mine = rank(one);
        long[] its = rank(other);
        for (int index = 0; index < mine.length; index++) {
            if (mine[index] != its[index]) {
                return mine[index] < its[index];
            }
        }
        int byName = one.route().name().compareTo(other.route().name());
        if (byName != 0) {
            return byName < 0;
        }
        return one.rule() != other.rule() ? one.rule() < other.rule() : one.match() < other.match();
    }

    private static long[] rank(Candidate one) {
        RouteMatch asks = one.asks();
        String prefix = asks.path().stream()
                .filter(path -> path instanceof PathMatch.Prefix)
                .map(PathMatch::value)
                .findFirst()
                .orElse("/");
        boolean isExact = asks.path().stream().anyMatch(path -> path instanceof PathMatch.Exact);
        boolean isRegex = asks.path().stream().anyMatch(path -> path instanceof PathMatch.Regex);
        boolean isPrefix = !isExact && !isRegex && prefix.length() > 1;
        return new long[] {
            one.hostRank(),
            one.parentRank(),
            isExact ? 0 : 1,
            isPrefix ? -prefix.length() : 0,
            isRegex ? 0 : 1,
            asks.method().isEmpty() ? 1 : 0,
            -asks.headers().size(),
            -asks.queryParams().size()
        };
    }

    private static boolean matches(RouteMatch asks, HttpRequest request) {
        String[] target = request.path().split("\\?", 2);
        String path = target[0];
        String query = target.length == 1 ? "" : target[1];
        return asks.path().stream().allMatch(wanted -> matches(wanted, path))
                && asks.method().stream().allMatch(request.method()::equals)
                && asks.headers().stream()
                        .allMatch(field -> "1".equals(request.headers().get(field.name())) != field.isInverted())
                && asks.queryParams().stream().allMatch(field -> isThere(field, query) != field.isInverted());
    }

    private static boolean isThere(FieldMatch field, String query) {
        return field.value() instanceof ValueMatch.Present
                && List.of(query.split("[&=]", 2)[0]).contains(field.name());
    }

    private static boolean matches(PathMatch wanted, String path) {
        return switch (wanted) {
            case PathMatch.Exact(String value) -> path.equals(value);
            case PathMatch.Prefix(String value) -> value.equals("/") || (path + "/").startsWith(value + "/");
            case PathMatch.Regex(String value) -> path.matches(value);
        };
    }
}
