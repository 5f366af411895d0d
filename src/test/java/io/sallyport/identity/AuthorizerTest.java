package io.sallyport.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.access.Subject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthorizerTest {
    private final Authorizer authorizer = new Authorizer(() -> DesiredState.EMPTY);

    @ParameterizedTest
    @EnumSource
    void theRootAdministratorWritesEveryKind(Kind kind) {
        assertThatCode(() -> authorizer.access(caller(true)).checkWrite(key(kind), List.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void whoHasNoRoleWritesNothing(Kind kind) {
        assertThatThrownBy(() -> authorizer.access(caller(false)).checkWrite(key(kind), List.of()))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("someone has none");
    }

    @Test
    void whoHasNoRoleReadsNothing() {
        assertThatThrownBy(() -> authorizer.checkReadAnywhere(caller(false))).isInstanceOf(FailureException.class);
    }

    private static ResourceKey key(Kind kind) {
        return ResourceKey.of(kind, "shop", "shop");
    }

    private static Caller caller(boolean isRoot) {
        return new Caller("someone", "issuer/someone", Set.of(new Subject.Group("people")), isRoot);
    }
}
