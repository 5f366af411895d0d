package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.rest.json.Tree;
import io.sallyport.rest.json.UseJson;
import io.sallyport.usecase.ListUses;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Where a resource of any kind is used. */
@RequestScoped
public class UsesExchange {
    private static final int MOST_PASSED_OVER = 10_000_000;

    private final Exchange exchange;
    private final Query query;
    private final ListUses listUses;

    @Inject
    UsesExchange(Exchange exchange, Query query, ListUses listUses) {
        this.exchange = exchange;
        this.query = query;
        this.listUses = listUses;
    }

    ObjectNode list(Kind kind, String namespace, String name) {
        query.takes(Query.LIMIT, Query.CONTINUE, Query.REVISION);
        ResourceKey key = ResourceExchange.existing(kind, namespace, name);
        List<Mark> mark = query.parsed(Query.CONTINUE, Mark::parse, "what the page before gave as continue");
        ListUses.Found found = listUses.list(
                exchange.caller(),
                key,
                mark.isEmpty()
                        ? query.revision(Query.REVISION)
                        : List.of(new Revision(mark.getFirst().revision())),
                mark.stream().mapToInt(Mark::passed).sum(),
                query.limit());
        ObjectNode result = Tree.object().put("revision", found.revision().number());
        result.set(
                "items",
                Tree.array(found.page().items().stream().map(UseJson::write).toList()));
        int passed = mark.stream().mapToInt(Mark::passed).sum()
                + found.page().items().size();
        found.page()
                .next(last -> new Mark(found.revision().number(), passed))
                .ifPresent(next -> result.put(Query.CONTINUE, next.toString()));
        return result;
    }

    /** Where to go on: in which state, after how many. */
    private record Mark(long revision, int passed) {
        static Mark parse(String text) {
            String[] parts = text.split("-", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("not of two parts");
            }
            int passed = Integer.parseInt(parts[1]);
            if (passed < 0 || passed > MOST_PASSED_OVER) {
                throw new IllegalArgumentException("out of range");
            }
            return new Mark(Parameters.number(Query.CONTINUE, parts[0], 0), passed);
        }

        @Override
        public String toString() {
            return revision + "-" + passed;
        }
    }
}
