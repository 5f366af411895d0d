package io.sallyport.domain.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tree as lines that people can compare: a value a line, fields by name, two more blanks at each level. */
public final class TreeText {
    private final List<String> lines = new ArrayList<>();

    private TreeText() {}

    public static List<String> of(Object tree) {
        TreeText text = new TreeText();
        text.value("", "", tree);
        return List.copyOf(text.lines);
    }

    private void value(String indent, String lead, Object value) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> fields(indent, lead, map);
            case List<?> list when !list.isEmpty() -> items(indent, lead, list);
            case Map<?, ?> map -> lines.add(lead + "{}");
            case List<?> list -> lines.add(lead + "[]");
            default -> lines.add(lead + value);
        }
    }

    private void fields(String indent, String lead, Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((name, field) -> sorted.put(String.valueOf(name), field));
        String first = lead;
        for (Map.Entry<String, Object> field : sorted.entrySet()) {
            field(indent, first, field.getKey(), field.getValue());
            first = indent;
        }
    }

    private void field(String indent, String lead, String name, Object value) {
        boolean isDeep = (value instanceof Map<?, ?> map && !map.isEmpty())
                || (value instanceof List<?> list && !list.isEmpty());
        if (isDeep) {
            lines.add(lead + name + ":");
            value(indent + "  ", indent + "  ", value);
        } else {
            value(indent, lead + name + ": ", value);
        }
    }

    private void items(String indent, String lead, List<?> list) {
        String first = lead;
        for (Object item : list) {
            value(indent + "  ", first + "- ", item);
            first = indent;
        }
    }
}
