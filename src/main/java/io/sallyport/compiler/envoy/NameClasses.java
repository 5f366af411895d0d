package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree.MatchMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Which classes names mean, some of them whole and some by what they begin with. Envoy takes a whole name, else the
 * longest beginning alone, so each has the classes of all shorter beginnings too.
 */
final class NameClasses {
    private final SortedMap<String, SortedSet<String>> whole = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> beginnings = new TreeMap<>();

    void addWhole(String name, String id) {
        whole.computeIfAbsent(name, unseen -> new TreeSet<>()).add(id);
    }

    /** Every name begins with the empty text. */
    void addBeginning(String text, String id) {
        beginnings.computeIfAbsent(text, unseen -> new TreeSet<>()).add(id);
    }

    /** Stamps the classes of the name that an input gives. */
    Matcher.OnMatch stampingBy(TypedExtensionConfig input) {
        SortedMap<String, SortedSet<String>> wide = widened(beginnings);
        SortedSet<String> all = wide.getOrDefault("", new TreeSet<>());
        wide.remove("");
        Matcher.OnMatch byBeginning = tree(wide, MatcherTree.Builder::setPrefixMatchMap, input, stamping(all));
        return tree(widened(whole), MatcherTree.Builder::setExactMatchMap, input, byBeginning);
    }

    // In the order of text a beginning comes right before all that begin with it.
    private SortedMap<String, SortedSet<String>> widened(SortedMap<String, SortedSet<String>> names) {
        SortedMap<String, SortedSet<String>> wide = new TreeMap<>();
        SortedSet<String> inOrder = new TreeSet<>(names.keySet());
        inOrder.addAll(beginnings.keySet());
        Deque<String> around = new ArrayDeque<>();
        for (String name : inOrder) {
            while (!around.isEmpty() && !name.startsWith(around.peek())) {
                around.pop();
            }
            if (beginnings.containsKey(name)) {
                around.push(name);
            }
            if (names.containsKey(name)) {
                SortedSet<String> ids = new TreeSet<>(names.getOrDefault(name, new TreeSet<>()));
                around.forEach(wider -> ids.addAll(beginnings.getOrDefault(wider, new TreeSet<>())));
                wide.put(name, ids);
            }
        }
        return wide;
    }

    // A map has at least one entry.
    private static Matcher.OnMatch tree(
            SortedMap<String, SortedSet<String>> names,
            BiConsumer<MatcherTree.Builder, MatchMap> kind,
            TypedExtensionConfig input,
            Matcher.OnMatch otherwise) {
        if (names.isEmpty()) {
            return otherwise;
        }
        var map = MatchMap.newBuilder();
        for (Map.Entry<String, SortedSet<String>> name : names.entrySet()) {
            map.putMap(name.getKey(), stamping(name.getValue()));
        }
        var tree = MatcherTree.newBuilder().setInput(input);
        kind.accept(tree, map.build());
        return Matcher.OnMatch.newBuilder()
                .setMatcher(Matcher.newBuilder().setMatcherTree(tree).setOnNoMatch(otherwise))
                .build();
    }

    private static Matcher.OnMatch stamping(SortedSet<String> ids) {
        return SourceStamp.IDENTITIES.onMatch(ids);
    }
}
