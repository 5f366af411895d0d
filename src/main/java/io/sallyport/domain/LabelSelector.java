package io.sallyport.domain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A selector over labels, with the meaning of Kubernetes: all parts hold; an empty one selects everything. */
public record LabelSelector(SortedMap<String, String> matchLabels, List<Requirement> matchExpressions) {
    public LabelSelector {
        matchLabels = Collections.unmodifiableSortedMap(new TreeMap<>(matchLabels));
        matchExpressions = List.copyOf(matchExpressions);
    }

    public boolean matches(Map<String, String> labels) {
        return matchLabels.entrySet().stream()
                        .allMatch(wanted -> Objects.equals(wanted.getValue(), labels.get(wanted.getKey())))
                && matchExpressions.stream().allMatch(requirement -> requirement.holds(labels));
    }

    /** One expression; {@code NOT_IN} holds where the label is absent. */
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
            boolean takesValues = operator == Operator.IN || operator == Operator.NOT_IN;
            if (takesValues == values.isEmpty()) {
                throw new IllegalArgumentException(
                        operator.documentName() + (takesValues ? " needs at least one value" : " takes no values"));
            }
        }

        boolean holds(Map<String, String> labels) {
            return switch (operator) {
                case IN -> labels.containsKey(key) && values.contains(labels.get(key));
                case NOT_IN -> !labels.containsKey(key) || !values.contains(labels.get(key));
                case EXISTS -> labels.containsKey(key);
                case DOES_NOT_EXIST -> !labels.containsKey(key);
            };
        }
    }

    /** The operators of a Kubernetes label selector. */
    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String documentName;

        Operator(String documentName) {
            this.documentName = documentName;
        }

        public String documentName() {
            return documentName;
        }
    }
}
