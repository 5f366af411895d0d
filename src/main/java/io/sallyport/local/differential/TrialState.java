package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.compiler.Finding;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.domain.network.HostPattern;
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
import java.util.stream.Stream;

/**
 * All resources as documents, the same that are sent to a control plane and that the evaluator is given.
 *
 * @param later those that are written anew thereafter, in place of others
 */
record TrialState(List<JsonNode> documents, List<JsonNode> later) {
    private static final DesiredState NOTHING = DesiredState.of(new Revision(1), List.of());
    private static final Metadata.Stamp NEVER = new Metadata.Stamp(Instant.EPOCH, "trial");

    TrialState {
        documents = List.copyOf(documents);
        later = List.copyOf(later);
    }

    /** Nothing is written later. */
    TrialState(List<JsonNode> documents) {
        this(documents, List.of());
    }

    /** In the end. */
    DesiredState desired() {
        return DesiredState.of(new Revision(1), resources(whole()));
    }

    private List<JsonNode> whole() {
        return documents.stream()
                .map(document -> later.stream()
                        .filter(one -> isSame(one, document))
                        .findFirst()
                        .orElse(document))
                .toList();
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return Stream.of("/kind", "/metadata/namespace", "/metadata/name")
                .allMatch(pointer -> one.at(pointer).equals(other.at(pointer)));
    }

    /** Those of the hosts that belong to destinations. */
    List<String> owned(List<String> hosts) {
        List<HostPattern> patterns = desired().destinations().stream()
                .flatMap(destination -> destination.spec().hosts().stream())
                .filter(pattern -> !pattern.isEverything())
                .toList();
        return hosts.stream()
                .filter(host -> patterns.stream().anyMatch(pattern -> pattern.covers(HostPattern.parse(host))))
                .toList();
    }

    /** Whether what is written later would be taken. */
    boolean isLaterTaken(Instant now) {
        Set<ResourceKey> keys = resources(later).stream().map(Resource::key).collect(Collectors.toSet());
        return new PolicyChecks()
                .findingsOfWrite(DesiredState.of(new Revision(1), resources(documents)), desired(), keys, now).stream()
                        .noneMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }

    /** The same, with more to be written later. */
    TrialState then(List<JsonNode> changes) {
        return new TrialState(documents, changes);
    }

    /** The places of documents that writes would refuse; of routes only where all else is well, since they take longest. */
    Set<Integer> refused(Instant now) {
        List<Resource<?>> resources = resources(documents);
        Set<ResourceKey> keys = resources.stream().map(Resource::key).collect(Collectors.toSet());
        Set<ResourceKey> others =
                keys.stream().filter(key -> key.kind() != Kind.TRAFFIC_ROUTE).collect(Collectors.toSet());
        DesiredState all = DesiredState.of(new Revision(1), resources);
        var checks = new PolicyChecks();
        Set<Integer> refused = places(resources, checks.findings(all, others, now));
        return refused.isEmpty() ? places(resources, checks.findingsOfWrite(NOTHING, all, keys, now)) : refused;
    }

    private static Set<Integer> places(List<Resource<?>> resources, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .map(finding -> place(resources, finding))
                .collect(Collectors.toSet());
    }

    TrialState with(int place, JsonNode document) {
        List<JsonNode> changed = new ArrayList<>(documents);
        changed.set(place, document);
        return new TrialState(changed, later);
    }

    private static int place(List<Resource<?>> resources, Finding finding) {
        return resources.stream().map(Resource::key).toList().indexOf(finding.subject());
    }

    private static List<Resource<?>> resources(List<JsonNode> documents) {
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
