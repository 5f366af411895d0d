package io.sallyport.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {
    private final Authorizer authorizer = new Authorizer();

    @ParameterizedTest
    @CsvSource({
        "VIEWER, NAMESPACE, false",
        "VIEWER, EGRESS_GATEWAY, false",
        "VIEWER, DESTINATION, false",
        "VIEWER, WORKLOAD, false",
        "VIEWER, EGRESS_RULE, false",
        "EDITOR, NAMESPACE, false",
        "EDITOR, EGRESS_GATEWAY, false",
        "EDITOR, DESTINATION, true",
        "EDITOR, WORKLOAD, true",
        "EDITOR, EGRESS_RULE, true",
        "ADMIN, NAMESPACE, true",
        "ADMIN, EGRESS_GATEWAY, true",
        "ADMIN, DESTINATION, true",
        "ADMIN, WORKLOAD, true",
        "ADMIN, EGRESS_RULE, true"
    })
    void eachRoleWritesItsKinds(Role role, Kind kind, boolean allowed) {
        var caller = new Caller("someone", Set.of(role));

        if (allowed) {
            assertThatCode(() -> authorizer.checkWrite(caller, kind)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> authorizer.checkWrite(caller, kind))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining(kind.documentName());
        }
    }

    @Test
    void whoHasNoRoleReadsNothing() {
        assertThatThrownBy(() -> authorizer.checkRead(new Caller("someone", Set.of())))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("viewer");
    }
}
