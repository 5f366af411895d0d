package io.sallyport.domain.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is another in a document than it was, as deep down as it can be told. Items of lists are known again by their name
 * where they have one, and else by what they say. Pure.
 */
public final class TreeDiff {
    private final List<FieldChange> changes = new ArrayList<>();

    private TreeDiff() {}

    /** In the order of fields by name; nothing where both say the same. */
    public static List<FieldChange> between(Map<String, ?> before, Map<String, ?> after) {
        TreeDiff diff = new TreeDiff();
        diff.fields("", before, after);
        return List.copyOf(diff.changes);
    }

    private void values(String pointer, Object before, Object after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof Map<?, ?> earlier && after instanceof Map<?, ?> later) {
            fields(pointer, earlier, later);
        } else if (before instanceof List<?> earlier && after instanceof List<?> later) {
            items(pointer, earlier, later);
        } else {
            changes.add(FieldChange.replaced(pointer, before, after));
        }
    }

    private void fields(String pointer, Map<?, ?> before, Map<?, ?> after) {
        TreeSet<String> names = new TreeSet<>();
        before.keySet().forEach(name -> names.add(String.valueOf(name)));
        after.keySet().forEach(name -> names.add(String.valueOf(name)));
        for (String name : names) {
            field(Pointers.child(pointer, name), before.get(name), after.get(name));
        }
    }

    private void field(String pointer, @Nullable Object before, @Nullable Object after) {
        if (before == null && after != null) {
            changes.add(FieldChange.added(pointer, after));
        } else if (before != null && after == null) {
            changes.add(FieldChange.removed(pointer, before));
        } else if (before != null && after != null) {
            values(pointer, before, after);
        }
    }

    private void items(String pointer, List<?> before, List<?> after) {
        ItemNames.of(before, after)
                .ifPresentOrElse(
                        named -> namedItems(pointer, before, after, named),
                        () -> namelessItems(pointer, before, after));
    }

    private void namedItems(String pointer, List<?> before, List<?> after, ItemNames.Named named) {
        if (!named.keepOrder()) {
            changes.add(FieldChange.replaced(pointer, before, after));
            return;
        }
        named.before().forEach((name, index) -> {
            if (!named.after().containsKey(name)) {
                changes.add(FieldChange.removed(Pointers.item(pointer, index), before.get(index)));
            }
        });
        named.after().forEach((name, index) -> {
            Integer earlier = named.before().get(name);
            String place = Pointers.item(pointer, index);
            field(place, earlier == null ? null : before.get(earlier), after.get(index));
        });
    }

    // What stands alike in both is left out; between that, one is held against the other as far as there are two.
    private void namelessItems(String pointer, List<?> before, List<?> after) {
        for (ListGap gap : ListGap.between(before, after)) {
            int common = Math.min(gap.before(), gap.after());
            for (int offset = 0; offset < common; offset++) {
                int later = gap.afterStart() + offset;
                values(Pointers.item(pointer, later), before.get(gap.beforeStart() + offset), after.get(later));
            }
            for (int index = gap.beforeStart() + common; index < gap.beforeStart() + gap.before(); index++) {
                changes.add(FieldChange.removed(Pointers.item(pointer, index), before.get(index)));
            }
            for (int index = gap.afterStart() + common; index < gap.afterStart() + gap.after(); index++) {
                changes.add(FieldChange.added(Pointers.item(pointer, index), after.get(index)));
            }
        }
    }
}
