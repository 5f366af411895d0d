package io.sallyport.push.xds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts of a real Envoy, but for the dumps. */
class EnvoyWordsTest {

    @Test
    void dumpsAreLeftOut() {
        String said = """
                Error adding/updating listener(s) lp2: goo.gle/debugproto   \n  name: "secret"
                  value { text: "content" }
                : Proto constraint validation failed (HttpConnectionManagerValidationError.StatPrefix: value length must be at least 1 characters)
                """;

        assertThat(EnvoyWords.shortened(said))
                .isEqualTo(
                        "Error adding/updating listener(s) lp2: … Proto constraint validation failed"
                                + " (HttpConnectionManagerValidationError.StatPrefix: value length must be at least 1 characters)");
    }

    @Test
    void aDumpWithoutAReasonIsLeftOutToItsEnd() {
        assertThat(EnvoyWords.shortened("bad goo.gle/debugstr  key: \"secret\""))
                .isEqualTo("bad …");
    }

    @Test
    void longTextsAreCut() {
        assertThat(EnvoyWords.shortened("x".repeat(5_000))).hasSize(401).endsWith("…");
    }

    @Test
    void whatIsTakenMayPassAndWhatIsWrongDoesNot() {
        assertThat(EnvoyWords.mayPass(
                        "Error adding/updating listener(s) lb: cannot bind '127.0.0.1:23877': Address already in use"))
                .isTrue();
        assertThat(EnvoyWords.mayPass("Only unique values for domains are permitted."))
                .isFalse();
    }
}
