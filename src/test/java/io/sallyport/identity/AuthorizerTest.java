package io.sallyport.identity;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RoleBindingBuilder.aRoleBinding;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthorizerTest {
    private static final String ISSUER = "https://issuer.example";
    private static final Name SHOP = new Name("shop");
    private static final Name BANK = new Name("bank");
    private static final Caller DORA = caller(new Subject.Group("shop-developers"), new Subject.User(ISSUER, "dora"));

    private DesiredState state = DesiredState.EMPTY;
    private final Authorizer authorizer = new Authorizer(() -> state);

    @ParameterizedTest
    @EnumSource
    void theRootAdministratorWritesEveryKindWithoutAnyBinding(Kind kind) {
        Caller root = new Caller("root", "issuer/root", Set.of(), true);

        assertThatCode(() -> authorizer.access(root).checkWrite(key(kind), List.of()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void whoHasNoRoleIsToldWhichOneIsNeededAndWhere(Kind kind) {
        assertThatThrownBy(() -> authorizer.access(DORA).checkWrite(key(kind), List.of()))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("dora has none")
                .hasMessageContaining("administrator")
                .hasMessageContaining(
                        Right.toWrite(kind).reach() == Right.Reach.EVERYWHERE
                                ? "in all namespaces"
                                : "in namespace shop");
        assertThatThrownBy(() -> authorizer.checkReadAnywhere(DORA)).isInstanceOf(FailureException.class);
    }

    @Test
    void aBindingHoldsInItsNamespaceAlone() {
        state = state(aRoleBinding("shop/developers").of(Role.DEVELOPER).group("shop-developers"));

        assertThat(authorizer.access(DORA).in(SHOP)).containsExactly(Role.DEVELOPER);
        assertThat(authorizer.access(DORA).in(BANK)).isEmpty();
        assertThat(authorizer.access(DORA).mayAnywhere(Right.READ)).isTrue();
        assertThat(authorizer.access(DORA).mayEverywhere(Right.READ)).isFalse();
    }

    @Test
    void aBindingOfAllHoldsInNamespacesThatAreNotThereYet() {
        state = state(aRoleBinding("shop/auditors")
                .of(Role.AUDITOR)
                .user(ISSUER, "dora")
                .everywhere());

        assertThat(authorizer.access(DORA).may(Right.READ_AUDIT, BANK)).isTrue();
        assertThat(authorizer.access(DORA).mayEverywhere(Right.READ_AUDIT)).isTrue();
    }

    @Test
    void aSubjectIsNotAnotherOfTheSameName() {
        state = state(
                aRoleBinding("shop/a").group("dora"),
                aRoleBinding("shop/b").serviceAccount("dora"),
                aRoleBinding("shop/c").user("https://other.example", "dora"),
                aRoleBinding("shop/d").user(ISSUER, "shop-developers"));

        assertThat(authorizer.access(DORA).in(SHOP)).isEmpty();
    }

    @Test
    void anAdministratorOfOneNamespaceReachesNoFurther() {
        state = state(aRoleBinding("shop/admins").of(Role.ADMINISTRATOR).user(ISSUER, "dora"));
        Access access = authorizer.access(DORA);

        assertThat(access.may(Right.WRITE_ROLE_BINDING, SHOP)).isTrue();
        assertThat(access.may(Right.WRITE_ROLE_BINDING, BANK)).isFalse();
        assertThat(access.may(Right.WRITE_ROLE_BINDING_OF_ALL, SHOP)).isFalse();
        assertThat(access.may(Right.WRITE_NAMESPACE, SHOP)).isFalse();
    }

    @Test
    void whatIsThereCountsAsWellAsWhatIsToBeThere() {
        state = state(aRoleBinding("shop/developers").of(Role.DEVELOPER).group("shop-developers"));
        Resource<?> own =
                aRule("shop/rule").from(addresses("10.0.0.0/8")).to("shop/a").build();
        Resource<?> ofAll = aRule("shop/rule")
                .from(addresses("10.0.0.0/8"))
                .to("shop/a")
                .tier(Tier.ADMIN)
                .build();
        Access access = authorizer.access(DORA);

        assertThatCode(() -> access.checkWrite(own.key(), List.of(own.spec()))).doesNotThrowAnyException();
        assertThatThrownBy(() -> access.checkWrite(own.key(), List.of(own.spec(), ofAll.spec())))
                .hasMessageContaining("tier Admin or Baseline");
        assertThatThrownBy(() -> access.checkWrite(own.key(), List.of(ofAll.spec(), own.spec())))
                .hasMessageContaining("tier Admin or Baseline");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyReadsWhatIsForeign(Role role) {
        state = state(aRoleBinding("shop/some").of(role).group("shop-developers"));

        assertThat(authorizer
                        .access(DORA)
                        .mayRead(aDestination("shop/a").build().key()))
                .isTrue();
        assertThat(authorizer
                        .access(DORA)
                        .mayRead(aDestination("bank/a").build().key()))
                .isFalse();
    }

    private static ResourceKey key(Kind kind) {
        return ResourceKey.of(kind, "shop", "shop");
    }

    private static Caller caller(Subject... subjects) {
        return new Caller("dora", ISSUER + "/dora", Set.of(subjects), false);
    }
}
