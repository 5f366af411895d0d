package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.rest.json.FieldSelector;
import io.sallyport.rest.json.Projection;
import io.sallyport.rest.json.ResourceJson;
import io.sallyport.rest.json.SelectorText;
import io.sallyport.rest.json.Tree;
import io.sallyport.usecase.ListResources;
import io.sallyport.usecase.ListResources.Listed;
import io.sallyport.usecase.ListResources.Wanted;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Predicate;

/** Lists of any kind: selected by labels and fields, at any revision, in pages that all see one state. */
@RequestScoped
public class ListExchange {
    private final Exchange exchange;
    private final Query query;
    private final ListResources listResources;

    @Inject
    ListExchange(Exchange exchange, Query query, ListResources listResources) {
        this.exchange = exchange;
        this.query = query;
        this.listResources = listResources;
    }

    /** Those of a namespace, or of all where there is none. */
    ObjectNode list(Kind kind, List<Name> namespace) {
        query.takes(
                Query.LIMIT, Query.CONTINUE, Query.LABEL_SELECTOR, Query.FIELD_SELECTOR, Query.FIELDS, Query.REVISION);
        String asked = Cursor.hash("%s %s %s %s"
                .formatted(kind, namespace, query.text(Query.LABEL_SELECTOR), query.text(Query.FIELD_SELECTOR)));
        List<Cursor> cursor = cursor(asked);
        Wanted wanted = new Wanted(
                kind,
                namespace,
                revision(cursor),
                cursor.stream().map(Cursor::after).toList(),
                chosen(kind));
        Projection fields = query.fields();
        return write(listResources.list(exchange.caller(), wanted, query.limit()), fields, asked);
    }

    private List<Cursor> cursor(String asked) {
        List<Cursor> cursor = query.parsed(Query.CONTINUE, Cursor::parse, "what the page before gave as continue");
        if (cursor.stream().anyMatch(found -> !found.query().equals(asked))) {
            throw Exchange.malformed("continue is of another list: go on with the same path and selectors.");
        }
        return cursor;
    }

    private List<Revision> revision(List<Cursor> cursor) {
        List<Revision> asked = query.revision(Query.REVISION);
        List<Revision> held = cursor.stream().map(Cursor::revision).toList();
        if (!asked.isEmpty() && !held.isEmpty() && !asked.equals(held)) {
            throw Exchange.malformed("continue is of revision %s, and revision says %s: leave it out."
                    .formatted(held.getFirst(), asked.getFirst()));
        }
        return held.isEmpty() ? asked : held;
    }

    private Predicate<Resource<?>> chosen(Kind kind) {
        List<LabelSelector> labels = query.explained(Query.LABEL_SELECTOR, SelectorText::parse);
        List<Predicate<Resource<?>>> fields =
                query.explained(Query.FIELD_SELECTOR, text -> FieldSelector.parse(kind, text));
        return resource -> labels.stream()
                        .allMatch(
                                selector -> selector.matches(resource.metadata().labels()))
                && fields.stream().allMatch(field -> field.test(resource));
    }

    private static ObjectNode write(Listed listed, Projection fields, String asked) {
        ObjectNode result = Tree.object().put("revision", listed.revision().number());
        result.set(
                "items",
                Tree.array(listed.page().items().stream()
                        .map(view -> fields.of(ResourceJson.write(view)))
                        .toList()));
        listed.page()
                .next(last -> new Cursor(listed.revision(), last.resource().name(), asked))
                .ifPresent(cursor -> result.put("continue", cursor.toString()));
        return result;
    }
}
