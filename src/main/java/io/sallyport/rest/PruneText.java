package io.sallyport.rest;

import io.sallyport.domain.LabelSelector;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** By which labels to prune: {@code app=shop,managed-by=ci}. Nothing but equality, so that nothing is pruned by accident. */
final class PruneText {
    private PruneText() {}

    static LabelSelector selector(String text) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1 || part.indexOf('=', equals + 1) >= 0 || part.startsWith("!")) {
                throw Exchange.malformed(
                        "prune is labels that must all be there, such as app=shop,managed-by=ci; '%s' is none."
                                .formatted(part.length() > 80 ? part.substring(0, 80) + "…" : part));
            }
            String value = part.substring(equals + 1);
            String before = labels.putIfAbsent(part.substring(0, equals).strip(), value.strip());
            if (before != null && !before.equals(value.strip())) {
                throw Exchange.malformed("prune asks for two values of one label, which nothing has.");
            }
        }
        return new LabelSelector(labels, List.of());
    }
}
