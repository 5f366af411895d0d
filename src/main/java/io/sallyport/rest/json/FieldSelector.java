package io.sallyport.rest.json;

import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.Credential;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fields that resources can be selected by: {@code spec.tier=Admin,metadata.name!=old}. All parts must hold. */
public final class FieldSelector {
    private static final Pattern PART = Pattern.compile("([A-Za-z.]+)\\s*(==|=|!=)\\s*(.*)");

    private FieldSelector() {}

    /** Throws IllegalArgumentException, which names the fields that can be used with this kind. */
    public static Predicate<Resource<?>> parse(Kind kind, String text) {
        List<Predicate<Resource<?>>> parts = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            parts.add(part(kind, part.strip()));
        }
        return resource -> parts.stream().allMatch(part -> part.test(resource));
    }

    /** What can be used with a kind. */
    public static List<String> fields(Kind kind) {
        return Stream.concat(
                        Stream.of("metadata.name", "metadata.namespace", "metadata.createdBy", "metadata.updatedBy"),
                        ofSpec(kind).stream())
                .toList();
    }

    private static Predicate<Resource<?>> part(Kind kind, String part) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not field=value or field!=value".formatted(Suggestion.shortened(part)));
        }
        String field = matcher.group(1);
        if (!fields(kind).contains(field)) {
            throw new IllegalArgumentException("%s is not selected by '%s'; fields are %s"
                    .formatted(kind.documentName(), Suggestion.shortened(field), String.join(", ", fields(kind))));
        }
        boolean wanted = !matcher.group(2).equals("!=");
        String value = matcher.group(3);
        return resource -> values(resource).getOrDefault(field, List.of()).contains(value) == wanted;
    }

    private static List<String> ofSpec(Kind kind) {
        return switch (kind) {
            case EGRESS_GATEWAY -> List.of("spec.defaultAction");
            case DESTINATION -> List.of("spec.resolution", "spec.hosts");
            case EGRESS_RULE -> List.of("spec.action", "spec.tier", "spec.enforcement", "spec.gatewayRef.name");
            case CREDENTIAL -> List.of("spec.type");
            case ROLE_BINDING -> List.of("spec.role");
            case GUARDRAIL -> List.of("spec.severity");
            case NAMESPACE, WORKLOAD, TRAFFIC_ROUTE, SECURITY_POLICY, APPROVAL_POLICY -> List.of();
        };
    }

    private static SequencedMap<String, List<String>> values(Resource<?> resource) {
        SequencedMap<String, List<String>> values = new LinkedHashMap<>();
        values.put("metadata.name", List.of(resource.name().name().value()));
        values.put("metadata.namespace", List.of(resource.namespace().value()));
        values.put("metadata.createdBy", List.of(resource.metadata().created().by()));
        values.put("metadata.updatedBy", List.of(resource.metadata().updated().by()));
        switch (resource.spec()) {
            case EgressGateway gateway ->
                values.put("spec.defaultAction", List.of(Choices.capitalized(gateway.defaultAction())));
            case Destination destination -> {
                values.put("spec.resolution", List.of(DestinationJson.name(destination.resolution())));
                values.put(
                        "spec.hosts",
                        destination.hosts().stream().map(Object::toString).toList());
            }
            case EgressRule rule -> {
                values.put("spec.action", List.of(Choices.capitalized(rule.action())));
                values.put("spec.tier", List.of(Choices.capitalized(rule.tier())));
                values.put("spec.enforcement", List.of(Choices.capitalized(rule.enforcement())));
                values.put("spec.gatewayRef.name", List.of(rule.gateway().name().value()));
            }
            case Credential credential -> values.put("spec.type", List.of(Choices.capitalized(credential.type())));
            case RoleBinding binding ->
                values.put("spec.role", List.of(binding.role().word()));
            case Guardrail guardrail -> values.put("spec.severity", List.of(Choices.capitalized(guardrail.severity())));
            case Namespace ignored -> {}
            case Workload ignored -> {}
            case TrafficRoute ignored -> {}
            case SecurityPolicy ignored -> {}
            case ApprovalPolicy ignored -> {}
        }
        return values;
    }
}
