package io.sallyport.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredStateTest {
    private static final Destination A = Samples.destination("a.example.com");
    private static final Derivation<Integer> COUNT = List::size;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyChangesLeaveWhatASortedMapWouldHold(long seed) {
        Random chance = new Random(seed);
        NavigableMap<ResourceName, Resource<?>> expected = new TreeMap<>();
        DesiredState state = DesiredState.EMPTY;
        for (int revision = 1; revision <= 60; revision++) {
            DesiredState before = state;
            NavigableMap<ResourceName, Resource<?>> expectedBefore = new TreeMap<>(expected);
            List<Change> changes = changes(chance, revision);
            changes.forEach(change -> apply(change, expected));

            state = state.with(new Revision(revision), changes);

            assertThat(state.resources(Kind.DESTINATION).values()).containsExactlyElementsOf(expected.values());
            assertThat(before.resources(Kind.DESTINATION).values()).containsExactlyElementsOf(expectedBefore.values());
            assertThat(before.differing(Kind.DESTINATION, state))
                    .isEqualTo(differing(expectedBefore, expected))
                    .isEqualTo(state.differing(Kind.DESTINATION, before));
            assertThat(state.derivedOfParts(Kind.DESTINATION, COUNT)
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(expected.size());
            ResourceName some = name(chance.nextInt(3000));
            assertThat(state.destination(some).map(found -> (Object) found))
                    .isEqualTo(Stream.of(some)
                            .filter(expected::containsKey)
                            .map(name -> (Object) expected.get(name))
                            .findFirst());
            assertThat(state.resources(Kind.DESTINATION).from(some))
                    .containsExactlyElementsOf(expected.tailMap(some, true).values());
        }
    }

    @Test
    void whatIsFarFromAChangeIsNotDerivedAgain() {
        List<Change> many = new ArrayList<>();
        for (int number = 0; number < 2000; number++) {
            many.add(Samples.put(1, "shop", "d" + number, A));
        }
        List<List<Resource<?>>> derived = new ArrayList<>();
        Derivation<Integer> noting = resources -> {
            derived.add(resources);
            return resources.size();
        };
        DesiredState before = DesiredState.EMPTY.with(new Revision(1), many);
        int parts = before.derivedOfParts(Kind.DESTINATION, noting).toList().size();
        derived.clear();

        DesiredState after = before.with(new Revision(2), List.of(Samples.put(2, "shop", "d7", A)));
        assertThat(after.derivedOfParts(Kind.DESTINATION, noting)).hasSize(parts);

        assertThat(derived).hasSize(1);
        assertThat(before.isSameIn(Kind.EGRESS_RULE, after)).isTrue();
    }

    private static List<Change> changes(Random chance, int revision) {
        List<Change> changes = new ArrayList<>();
        int most = chance.nextInt(4) == 0 ? 1000 : 3;
        boolean removes = chance.nextInt(3) == 0;
        for (int count = 0; count < most; count++) {
            int number = chance.nextInt(3000);
            changes.add(
                    removes ? Samples.delete(A, "shop", "d" + number) : Samples.put(revision, "shop", "d" + number, A));
        }
        return changes;
    }

    private static void apply(Change change, NavigableMap<ResourceName, Resource<?>> resources) {
        switch (change) {
            case Change.Put put -> resources.put(put.key().name(), put.resource());
            case Change.Delete delete -> resources.remove(delete.key().name());
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static List<ResourceName> differing(
            NavigableMap<ResourceName, Resource<?>> before, NavigableMap<ResourceName, Resource<?>> after) {
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .sorted()
                .filter(name -> before.get(name) != after.get(name))
                .toList();
    }

    private static ResourceName name(int number) {
        return ResourceName.parse("shop/d" + number);
    }
}
