package io.sallyport.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.rest.json.DocumentJson;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.Place;
import io.sallyport.rest.json.Violations;
import io.sallyport.usecase.Draft;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Documents as a state, as the control plane has it once they are applied. */
final class BenchState {
    private static final Stamp WRITTEN = new Stamp(Instant.EPOCH, "bench");

    private BenchState() {}

    static DesiredState of(List<String> documents) {
        return with(DesiredState.EMPTY, documents);
    }

    /** At the next revision. */
    static DesiredState with(DesiredState state, List<String> documents) {
        Violations violations = new Violations();
        List<Change> changes = documents.stream()
                .flatMap(text -> read(text).stream())
                .flatMap(document -> DocumentJson.read(Place.top(document, "", violations)).stream())
                .<Change>map(draft -> new Change.Put(stored(draft)))
                .toList();
        if (!violations.found().isEmpty()) {
            throw new IllegalArgumentException(violations.found().toString());
        }
        return state.with(new Revision(state.revision().number() + 1), changes);
    }

    private static List<JsonNode> read(String text) {
        return Documents.many(text.getBytes(StandardCharsets.UTF_8), Format.YAML);
    }

    private static Resource<Spec> stored(Draft draft) {
        Revision first = new Revision(1);
        return new Resource<>(
                new Metadata(
                        draft.key(), draft.labels(), draft.annotations(), new UUID(0, 0), 1, first, WRITTEN, WRITTEN),
                draft.spec());
    }
}
