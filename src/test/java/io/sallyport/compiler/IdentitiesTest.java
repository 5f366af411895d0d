package io.sallyport.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.IdentitySet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

    @Test
    void whatIsWithinAnotherIsLeftOutAndTheRestIsSorted() {
        Identities identities = of(
                List.of("spiffe://b/x", "spiffe://b/*", "https://i/a", "spiffe://a", "spiffe://b"),
                List.of("10.1.0.0/16", "10.0.0.0/8", "9.0.0.0/8"));

        assertThat(identities.toSet())
                .isEqualTo(new IdentitySet(
                        false,
                        principals("https://i/a", "spiffe://a", "spiffe://b", "spiffe://b/*"),
                        List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("9.0.0.0/8"))));
    }

    @Test
    void anyProvenIdentityIsAroundAllPrincipalsAndNoAddress() {
        Identities proven = of(List.of("*", "spiffe://a"), List.of());

        assertThat(proven.toSet()).isEqualTo(new IdentitySet(false, principals("*"), List.of()));
        assertThat(proven.within(of(List.of("https://i/a*"), List.of("10.0.0.0/8")))
                        .toSet())
                .isEqualTo(new IdentitySet(false, principals("https://i/a*"), List.of()));
    }

    @Test
    void partsAreCutByPartsOfTheirKind() {
        Identities left = of(List.of("spiffe://a/*", "https://i/a"), List.of("10.1.0.0/16"));
        Identities right = of(List.of("spiffe://a/x*", "https://i/b"), List.of("10.0.0.0/8", "11.0.0.0/8"));

        assertThat(left.within(right)).isEqualTo(of(List.of("spiffe://a/x*"), List.of("10.1.0.0/16")));
        assertThat(right.within(left)).isEqualTo(left.within(right));
        assertThat(of(List.of("spiffe://a"), List.of())
                        .within(of(List.of("spiffe://b"), List.of()))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void anyoneCutsNothing() {
        Identities some = of(List.of("spiffe://a"), List.of("10.0.0.0/8"));

        assertThat(Identities.ANYONE.within(some)).isEqualTo(some);
        assertThat(some.within(Identities.ANYONE)).isEqualTo(some);
        assertThat(Identities.any(List.of(some, Identities.ANYONE))).isEqualTo(Identities.ANYONE);
        assertThat(Identities.any(List.of())).isEqualTo(Identities.NOBODY);
    }

    private static Identities of(List<String> principals, List<String> ranges) {
        return Identities.of(
                principals(principals.toArray(String[]::new)),
                ranges.stream().map(Cidr::parse).toList());
    }

    private static List<PrincipalPattern> principals(String... patterns) {
        return Stream.of(patterns).map(PrincipalPattern::new).toList();
    }
}
