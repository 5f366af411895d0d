package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import io.sallyport.rest.json.Violations.Reason;
import io.sallyport.usecase.Draft;
import io.sallyport.usecase.Intent;
import io.sallyport.usecase.Precondition;
import io.sallyport.usecase.Prune;
import io.sallyport.usecase.WriteOrder;
import io.sallyport.usecase.WriteTerms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Many documents as one order: what they describe is to be so, what they say is deleted is to be gone. */
public final class Batch {
    private static final Precondition NONE = new Precondition.None();

    private final Violations violations = new Violations();
    private final Set<ResourceKey> seen = new HashSet<>();
    private final List<Intent> intents = new ArrayList<>();

    private Batch() {}

    /** Throws {@code Invalid} with all that is wrong, each with its place, {@code /3/spec/...}. */
    public static List<Intent> read(List<JsonNode> documents) {
        Batch batch = new Batch();
        batch.add(documents);
        batch.refuse();
        return List.copyOf(batch.intents);
    }

    /**
     * The same, and what carries the labels and is not among them is to be gone.
     *
     * @param namespaces where to look; where the documents are if empty
     */
    public static WriteOrder read(List<JsonNode> documents, LabelSelector selector, Set<Name> namespaces) {
        Batch batch = new Batch();
        batch.add(documents);
        batch.intents.stream()
                .flatMap(Batch::drafts)
                .filter(draft -> !selector.matches(draft.labels()))
                .forEach(
                        draft -> batch.violations.add(
                                draft.pointer() + "/metadata/labels",
                                Reason.CONTRADICTION,
                                "What is sent with ?prune carries the labels that are pruned by, or it would never be pruned; this one does not."));
        batch.refuse();
        Set<Name> where = namespaces.isEmpty()
                ? batch.seen.stream().map(ResourceKey::namespace).collect(Collectors.toSet())
                : namespaces;
        return new WriteOrder(batch.intents, List.of(new Prune(selector, where)), WriteTerms.NONE);
    }

    private void add(List<JsonNode> documents) {
        for (int index = 0; index < documents.size(); index++) {
            add(Place.top(documents.get(index), "/" + index, violations));
        }
    }

    private void add(Place document) {
        Optional<Intent> intent = DocumentJson.isDeletion(document)
                ? DocumentJson.readDeletion(document).map(key -> new Intent.Remove(key, NONE, true))
                : DocumentJson.read(document).map(draft -> new Intent.Put(draft, NONE));
        intent.ifPresent(read -> {
            if (!seen.add(read.key())) {
                DocumentJson.reportRepeat(document.pointer(), read.key(), violations);
            }
            intents.add(read);
        });
    }

    private static Stream<Draft> drafts(Intent intent) {
        return intent instanceof Intent.Put put ? Stream.of(put.draft()) : Stream.of();
    }

    private void refuse() {
        if (!violations.found().isEmpty()) {
            throw FailureException.invalid(violations.found());
        }
    }
}
