package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.RouteMatchBuilder.anything;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteCriteria;
import io.sallyport.domain.snapshot.RouteSize;
import io.sallyport.testkit.RouteMatchBuilder;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteAlternativesTest {
    private static final List<ValueMatch> VALUES = List.of(
            new ValueMatch.Exact("1"),
            new ValueMatch.Exact("2"),
            new ValueMatch.Exact(""),
            new ValueMatch.Regex("a*"),
            new ValueMatch.Regex("b+"),
            new ValueMatch.Present());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void areNeverMoreThanTheSizeThatIsBounded(int seed) {
        Random random = new Random(seed);
        for (int trial = 0; trial < 50; trial++) {
            List<CompiledRoute> routes = IntStream.range(0, random.nextInt(7))
                    .mapToObj(index -> route(index, match(random)))
                    .toList();

            long size =
                    RouteSize.of(routes.stream().map(CompiledRoute::criteria).toList());

            if (size <= RouteSize.MOST) {
                assertThat(RouteAlternatives.of(routes)).as("%s", routes).hasSizeLessThanOrEqualTo((int) size);
            }
        }
    }

    private static RouteMatch match(Random random) {
        RouteMatchBuilder match = anything();
        Stream.of("p", "q")
                .filter(name -> random.nextInt(3) > 0)
                .forEach(name -> match.query(name, VALUES.get(random.nextInt(VALUES.size())), random.nextBoolean()));
        return match.build();
    }

    private static CompiledRoute route(int index, RouteMatch match) {
        return new CompiledRoute(
                "r" + index,
                ResourceName.parse("shop/r"),
                index,
                0,
                new RouteCriteria(PathMatch.any(), match.headers(), match.queryParams(), match.method(), false),
                new RouteAction.Refuse(),
                HeaderEdits.NONE,
                List.of());
    }
}
