package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.compiler.Finding;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.rest.json.DocumentJson;
import io.sallyport.rest.json.Place;
import io.sallyport.rest.json.Violations;
import io.sallyport.usecase.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** All resources as documents, the same that are sent to a control plane and that the evaluator is given. */
record TrialState(List<JsonNode> documents) {
    private static final Metadata.Stamp NEVER = new Metadata.Stamp(Instant.EPOCH, "trial");

    TrialState {
        documents = List.copyOf(documents);
    }

    DesiredState desired() {
        return DesiredState.of(new Revision(1), resources());
    }

    /** The places of the documents that writes would refuse. */
    Set<Integer> refused(Instant now) {
        List<Resource<?>> resources = resources();
        Set<ResourceKey> keys = resources.stream().map(Resource::key).collect(Collectors.toSet());
        return new PolicyChecks()
                .findings(desired(), keys, now).stream()
                        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                        .map(finding -> place(resources, finding))
                        .collect(Collectors.toSet());
    }

    TrialState with(int place, JsonNode document) {
        List<JsonNode> changed = new ArrayList<>(documents);
        changed.set(place, document);
        return new TrialState(changed);
    }

    private static int place(List<Resource<?>> resources, Finding finding) {
        return resources.stream().map(Resource::key).toList().indexOf(finding.subject());
    }

    private List<Resource<?>> resources() {
        Violations violations = new Violations();
        List<Resource<?>> resources = new ArrayList<>();
        for (int index = 0; index < documents.size(); index++) {
            DocumentJson.read(Place.top(documents.get(index), "/" + index, violations))
                    .ifPresent(draft -> resources.add(resource(draft)));
        }
        if (!violations.found().isEmpty()) {
            throw FailureException.invalid(violations.found());
        }
        return resources;
    }

    private static Resource<?> resource(Draft draft) {
        return new Resource<Spec>(
                new Metadata(
                        draft.key(),
                        draft.labels(),
                        draft.annotations(),
                        new UUID(0, 0),
                        1,
                        new Revision(1),
                        NEVER,
                        NEVER),
                draft.spec());
    }
}
