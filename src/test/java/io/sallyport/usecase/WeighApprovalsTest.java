package io.sallyport.usecase;

import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RoleBindingBuilder.aRoleBinding;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.Approval.Verdict;
import io.sallyport.domain.approval.Approvers;
import io.sallyport.domain.approval.Demand;
import io.sallyport.domain.approval.DemandStanding;
import io.sallyport.identity.Authorizer;
import io.sallyport.testkit.ResourceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WeighApprovalsTest {
    private static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");
    private static final DesiredState STATE = ResourceBuilder.state(
            aNamespace("shop"),
            aNamespace("pay"),
            aRoleBinding("shop/officers").of(Role.SECURITY).group("officers"),
            aRoleBinding("shop/readers").of(Role.VIEWER).group("board"));

    @Test
    void itCountsForItsTimeAndNoLonger() {
        assertThat(met(word("bob", "officers"), NOON.plusSeconds(59), "shop")).isTrue();
        assertThat(met(word("bob", "officers"), NOON.plusSeconds(60), "shop")).isFalse();
    }

    @Test
    void itIsOnWhatWasThereThenAndOfNoAuthor() {
        assertThat(met(word("bob", "officers", "other", Verdict.APPROVED), NOON, "shop"))
                .isFalse();
        assertThat(met(word("ada", "officers"), NOON, "shop")).isFalse();
        assertThat(met(word("bob", "officers", "content", Verdict.REJECTED), NOON.plusSeconds(900), "shop"))
                .isFalse();
    }

    @Test
    void rolesAreHadWhereverItWritesAndAllOfItIsReadable() {
        assertThat(met(word("bob", "officers"), NOON, "shop", "pay")).isFalse();
        assertThat(met(word("bob", "board"), NOON, "shop")).isTrue();
        assertThat(met(word("bob", "board"), NOON, "pay"))
                .as("he may not read it")
                .isFalse();
        assertThat(met(word("bob", "strangers"), NOON, "shop")).isFalse();
    }

    private static boolean met(Approval word, Instant now, String... namespaces) {
        Demand demand = new Demand(
                ResourceName.of("edge", "asks"),
                List.of(),
                1,
                new Approvers(List.of(Role.SECURITY), List.of(new Subject.Group("board"))),
                Duration.ofSeconds(60),
                List.of());
        Set<ResourceKey> keys = Set.of(List.of(namespaces).stream()
                .map(namespace -> ResourceKey.of(Kind.EGRESS_RULE, namespace, "rule"))
                .toArray(ResourceKey[]::new));
        return new WeighApprovals(new Authorizer(() -> STATE), STATE, keys, Set.of("iss/ada"), now)
                .standings(new NeededApprovals(List.of(demand), "content", keys), List.of(word)).stream()
                        .allMatch(DemandStanding::isMet);
    }

    private static Approval word(String name, String group) {
        return word(name, group, "content", Verdict.APPROVED);
    }

    private static Approval word(String name, String group, String content, Verdict verdict) {
        return new Approval("iss/" + name, name, Set.of(new Subject.Group(group)), false, verdict, content, "", NOON);
    }
}
