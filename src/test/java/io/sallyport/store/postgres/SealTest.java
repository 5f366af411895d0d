package io.sallyport.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.testkit.TestDatabase;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
    private static final ResourceKey OWNER = ResourceKey.of(Kind.CREDENTIAL, "edge", "server");
    private static final String NEWER = Base64.getEncoder().encodeToString(new byte[32]);

    private final Seal seal = new Seal(TestDatabase.ENCRYPTION_KEY);

    @Test
    void whatIsSealedIsOpenedForItsOwner() {
        assertThat(seal.opened(OWNER, seal.sealed(OWNER, "hunter2 ünïque"))).isEqualTo("hunter2 ünïque");
    }

    @Test
    void theSameTextIsSealedDifferentlyEachTime() {
        assertThat(seal.sealed(OWNER, "hunter2")).isNotEqualTo(seal.sealed(OWNER, "hunter2"));
    }

    @Test
    void itIsNotOpenedForAnother() {
        ResourceKey other = ResourceKey.of(Kind.CREDENTIAL, "shop", "server");
        Seal.Sealed sealed = seal.sealed(OWNER, "hunter2");

        assertThatThrownBy(() -> seal.opened(other, sealed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Credential shop/server cannot be decrypted");
    }

    @Test
    void itIsNotOpenedOnceItWasChanged() {
        Seal.Sealed sealed = seal.sealed(OWNER, "hunter2");
        byte[] bytes = Base64.getDecoder().decode(sealed.text());
        bytes[0] ^= 1;
        Seal.Sealed changed = new Seal.Sealed(
                sealed.key(), sealed.nonce(), Base64.getEncoder().encodeToString(bytes));

        assertThatThrownBy(() -> seal.opened(OWNER, changed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterARotationTheFirstKeySealsAndTheOthersStillOpen() {
        Seal rotated = new Seal(NEWER + ", " + TestDatabase.ENCRYPTION_KEY);
        Seal.Sealed old = seal.sealed(OWNER, "hunter2");
        Seal.Sealed fresh = rotated.sealed(OWNER, "hunter2");

        assertThat(rotated.opened(OWNER, old)).isEqualTo("hunter2");
        assertThat(new Seal(NEWER).opened(OWNER, fresh)).isEqualTo("hunter2");
        assertThatThrownBy(() -> seal.opened(OWNER, fresh)).hasMessageContaining("SALLYPORT_ENCRYPTION_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2hvcnQ=", "not base64!"})
    void whatIsNoKeyIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> new Seal(text))
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining(text);
    }

    @Test
    void withoutATextThereIsNoKey() {
        assertThat(new Seal("").hasKey()).isFalse();
    }
}
