package io.sallyport.compiler;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Goes through lists of a document, with the JSON Pointer (RFC 6901) of each element. */
final class Elements {
    private Elements() {}

    static <T, R> Stream<R> each(String pointer, List<T> elements, BiFunction<String, T, Stream<R>> found) {
        return IntStream.range(0, elements.size())
                .boxed()
                .flatMap(index -> found.apply(pointer + "/" + index, elements.get(index)));
    }
}
