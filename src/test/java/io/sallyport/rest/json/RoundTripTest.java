package io.sallyport.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Name;
import io.sallyport.domain.Spec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each document says every field of its kind, with a value that is not the default. */
final class RoundTripTest {

    @ParameterizedTest
    @MethodSource("documents")
    void whatIsWrittenIsWhatWasRead(EveryField.Document document) {
        Violations violations = new Violations();

        Optional<? extends Spec> spec =
                SpecJson.read(document.kind(), Place.top(document.spec(), "", violations), new Name("own"));

        assertThat(violations.found()).isEmpty();
        assertThat(SpecJson.write(spec.orElseThrow()).toPrettyString())
                .isEqualTo(document.spec().toPrettyString());
    }

    static List<EveryField.Document> documents() {
        return EveryField.documents();
    }
}
