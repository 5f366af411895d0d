package io.sallyport.compiler.envoy;

import com.google.re2j.Pattern;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteCriteria;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The routes of a port in the form that Envoy can match, in order. It knows no query parameter that must not be something.
 * So before a route that asks so stand all the routes after it, for requests with that parameter; what comes as far as the
 * route itself is without.
 */
final class RouteAlternatives {
    private RouteAlternatives() {}

    /**
     * One way to take a route.
     *
     * @param route none where no route of the port is taken; at most one
     * @param queryParams all of them must match; only those that must not be there are inverted
     */
    record Alternative(List<CompiledRoute> route, List<FieldMatch> queryParams) {}

    /** Ends with what takes none of them, where there can be any. */
    static List<Alternative> of(List<CompiledRoute> routes) {
        return of(routes, List.of());
    }

    private static List<Alternative> of(List<CompiledRoute> routes, List<FieldMatch> known) {
        List<Alternative> alternatives = new ArrayList<>();
        for (int index = 0; index < routes.size(); index++) {
            CompiledRoute route = routes.get(index);
            List<CompiledRoute> after = routes.subList(index + 1, routes.size());
            excluded(route)
                    .filter(each -> canBe(each, known))
                    .forEach(each -> alternatives.addAll(of(after, and(known, Stream.of(each)))));
            if (excluded(route).noneMatch(known::contains)) {
                alternatives.add(new Alternative(List.of(route), and(known, asked(route))));
            }
            if (route.criteria().equals(RouteCriteria.NONE)) {
                return alternatives;
            }
        }
        alternatives.add(new Alternative(List.of(), known));
        return alternatives;
    }

    private static Stream<FieldMatch> asked(CompiledRoute route) {
        return route.criteria().queryParams().stream().filter(RouteAlternatives::isKnownToEnvoy);
    }

    private static boolean isKnownToEnvoy(FieldMatch field) {
        return !field.isInverted() || field.value() instanceof ValueMatch.Present;
    }

    // What is not there is empty, where it must not be something.
    private static Stream<FieldMatch> excluded(CompiledRoute route) {
        return route.criteria().queryParams().stream()
                .filter(field -> !isKnownToEnvoy(field))
                .flatMap(field -> {
                    var it = new FieldMatch(field.name(), field.value(), false);
                    var absent = new FieldMatch(field.name(), new ValueMatch.Present(), true);
                    return isEmptyToo(field.value()) ? Stream.of(it, absent) : Stream.of(it);
                });
    }

    private static boolean isEmptyToo(ValueMatch value) {
        return switch (value) {
            case ValueMatch.Exact(String text) -> text.isEmpty();
            case ValueMatch.Regex(String regex) -> Pattern.matches(regex, "");
            case ValueMatch.Present present -> false;
        };
    }

    // Without this, routes that exclude each other would double what they stand before.
    private static boolean canBe(FieldMatch field, List<FieldMatch> known) {
        return known.stream()
                .noneMatch(other -> other.name().equals(field.name())
                        && (other.equals(field) || areExact(other, field) || other.isInverted() || field.isInverted()));
    }

    private static boolean areExact(FieldMatch one, FieldMatch other) {
        return one.value() instanceof ValueMatch.Exact && other.value() instanceof ValueMatch.Exact;
    }

    private static List<FieldMatch> and(List<FieldMatch> known, Stream<FieldMatch> more) {
        return Stream.concat(known.stream(), more).distinct().toList();
    }
}
