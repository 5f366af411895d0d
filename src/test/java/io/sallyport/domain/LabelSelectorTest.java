package io.sallyport.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.LabelSelector.Operator;
import io.sallyport.domain.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelSelectorTest {
    private static final Map<String, String> CHECKOUT = Map.of("app", "checkout", "env", "prod");

    @Test
    void anEmptySelectorSelectsEverything() {
        assertThat(selector(Map.of()).matches(Map.of())).isTrue();
    }

    @Test
    void allLabelsMustHold() {
        assertThat(selector(Map.of("app", "checkout", "env", "prod")).matches(CHECKOUT))
                .isTrue();
        assertThat(selector(Map.of("app", "checkout", "env", "test")).matches(CHECKOUT))
                .isFalse();
        assertThat(selector(Map.of("tier", "web")).matches(CHECKOUT)).isFalse();
    }

    @Test
    void notInHoldsWhereTheLabelIsAbsent() {
        assertThat(requires("zone", Operator.NOT_IN, "eu").matches(CHECKOUT)).isTrue();
        assertThat(requires("env", Operator.NOT_IN, "prod").matches(CHECKOUT)).isFalse();
        assertThat(requires("zone", Operator.IN, "eu").matches(CHECKOUT)).isFalse();
    }

    @Test
    void existenceIsAskedWithoutValues() {
        assertThat(requires("env", Operator.EXISTS).matches(CHECKOUT)).isTrue();
        assertThat(requires("zone", Operator.DOES_NOT_EXIST).matches(CHECKOUT)).isTrue();
        assertThat(requires("env", Operator.DOES_NOT_EXIST).matches(CHECKOUT)).isFalse();
    }

    @Test
    void anOperatorHasTheValuesThatItNeeds() {
        assertThatThrownBy(() -> requires("env", Operator.IN)).hasMessage("In needs at least one value");
        assertThatThrownBy(() -> requires("env", Operator.EXISTS, "prod")).hasMessage("Exists takes no values");
    }

    private static LabelSelector selector(Map<String, String> labels) {
        return new LabelSelector(new TreeMap<>(labels), List.of());
    }

    private static LabelSelector requires(String key, Operator operator, String... values) {
        return new LabelSelector(new TreeMap<>(), List.of(new Requirement(key, operator, List.of(values))));
    }
}
