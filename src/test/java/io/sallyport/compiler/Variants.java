package io.sallyport.compiler;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A record, over and over, each time with one other value somewhere in it; down to every component of every record. */
final class Variants {
    private Variants() {}

    /**
     * One of them.
     *
     * @param path to what is different
     */
    record Variant(String path, Object value) {
        Variant within(String outer, UnaryOperator<Object> container) {
            return new Variant(outer + (path.isEmpty() ? "" : "." + path), container.apply(value));
        }
    }

    static List<Variant> of(Object whole) {
        return variants(whole).toList();
    }

    /** Every component of every record in it, as {@code Record.component}. */
    static Set<String> components(Object whole) {
        return reachable(whole)
                .flatMap(record -> Arrays.stream(record.getClass().getRecordComponents())
                        .map(component -> name(record, component)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Record> reachable(Object value) {
        return switch (value) {
            case Record record ->
                Stream.concat(
                        Stream.of(record),
                        Arrays.stream(parts(record, record.getClass().getRecordComponents()))
                                .flatMap(Variants::reachable));
            case List<?> list -> list.stream().flatMap(Variants::reachable);
            case SortedMap<?, ?> map -> map.values().stream().flatMap(Variants::reachable);
            default -> Stream.empty();
        };
    }

    private static String name(Record record, RecordComponent component) {
        return record.getClass().getSimpleName() + "." + component.getName();
    }

    private static Stream<Variant> variants(Object value) {
        return switch (value) {
            case Record known -> ofRecord(known);
            case List<?> list -> ofList(list);
            case SortedMap<?, ?> map -> ofMap(map);
            case Enum<?> choice ->
                Stream.of(choice.getDeclaringClass().getEnumConstants())
                        .filter(other -> other != choice)
                        .map(other -> new Variant("", other));
            default -> Stream.of(new Variant("", another(value)));
        };
    }

    private static Object another(Object value) {
        return switch (value) {
            case Boolean flag -> !flag;
            case Integer number -> number + 1;
            case Long number -> number + 1;
            case Duration duration -> duration.plusSeconds(1);
            case Instant instant -> instant.plusNanos(1);
            case String text -> text + "0";
            default -> throw new IllegalArgumentException("no other value is known of " + value.getClass());
        };
    }

    private static Stream<Variant> ofList(List<?> list) {
        Stream<Variant> elements = IntStream.range(0, list.size())
                .boxed()
                .flatMap(place -> variants(list.get(place))
                        .map(variant -> variant.within("[" + place + "]", changed -> {
                            List<Object> copy = new ArrayList<>(list);
                            copy.set(place, changed);
                            return copy;
                        })));
        return list.isEmpty() ? Stream.of() : Stream.concat(Stream.of(new Variant("(less)", without(list))), elements);
    }

    private static List<Object> without(List<?> list) {
        return new ArrayList<>(list.subList(0, list.size() - 1));
    }

    private static Stream<Variant> ofMap(SortedMap<?, ?> map) {
        return map.entrySet().stream()
                .flatMap(entry -> variants(entry.getValue())
                        .map(variant -> variant.within("[" + entry.getKey() + "]", changed -> {
                            SortedMap<Object, Object> copy = new TreeMap<>();
                            copy.putAll(map);
                            copy.put(entry.getKey(), changed);
                            return copy;
                        })));
    }

    private static Stream<Variant> ofRecord(Record whole) {
        RecordComponent[] components = whole.getClass().getRecordComponents();
        return IntStream.range(0, components.length).boxed().flatMap(place -> {
            Object[] parts = parts(whole, components);
            return variants(parts[place]).flatMap(variant -> {
                Object[] copy = parts.clone();
                copy[place] = variant.value();
                return made(whole.getClass(), components, copy)
                        .map(made -> new Variant(
                                name(whole, components[place]) + (variant.path().isEmpty() ? "" : " " + variant.path()),
                                made));
            });
        });
    }

    private static Object[] parts(Record whole, RecordComponent[] components) {
        return Arrays.stream(components)
                .map(component -> {
                    try {
                        component.getAccessor().setAccessible(true);
                        return component.getAccessor().invoke(whole);
                    } catch (ReflectiveOperationException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                })
                .toArray();
    }

    // What a constructor refuses is no value, so it cannot be confused with one.
    private static Stream<Object> made(Class<?> type, RecordComponent[] components, Object[] parts) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return Stream.of(constructor.newInstance(parts));
        } catch (InvocationTargetException refused) {
            return Stream.of();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
