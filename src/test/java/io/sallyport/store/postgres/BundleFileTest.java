package io.sallyport.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.store.OutageBundle.Kept;
import io.sallyport.store.RolloutsInHand;
import io.sallyport.testkit.Samples;
import io.sallyport.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFileTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final String OTHER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    Path folder;

    @Test
    void itGivesBackTheWholeStateSecretsIncluded() {
        DesiredState state = state();

        keep(state, NOW);

        assertThat(bundle().read(NOW)).isEqualTo(usable(state, NOW));
    }

    @Test
    void itGivesBackRolloutsAndTheStatesThatTheyName() {
        DesiredState state = state();
        List<Resource<?>> older = new ArrayList<>(state.all().toList());
        Resource<?> gone = older.removeLast();
        older.add(((Change.Put) Samples.put(3, "shop", "deleted-since", gone.spec())).resource());
        Resource<?> changed = older.removeFirst();
        older.add(((Change.Put) Samples.put(2, "shop", changed.name().name().value(), changed.spec())).resource());
        RolloutsInHand rollouts = new RolloutsInHand(
                state.revision(),
                List.of(rollout("internet", Instant.MAX), rollout("partners", NOW.plusNanos(1_000))),
                Map.of(
                        new Revision(3),
                        DesiredState.of(new Revision(3), older),
                        new Revision(7),
                        state,
                        Revision.NONE,
                        DesiredState.EMPTY));

        bundle().keep(state, rollouts, NOW);

        assertThat(bundle().read(NOW)).isEqualTo(new Kept.Usable(state, rollouts, NOW));
    }

    private static Rollout rollout(String gateway, Instant metSince) {
        return new Rollout(
                ResourceName.of("edge", gateway),
                new Revision(3),
                new Revision(7),
                Rollout.Phase.PROGRESSING,
                1,
                2_500,
                NOW,
                metSince,
                "The gates of step 1 are passed.",
                "sallyport",
                4);
    }

    @Test
    void oneOfAnotherFormSaysWhoWroteIt() throws IOException {
        keep(state(), NOW);
        byte[] bytes = Files.readAllBytes(file());
        bytes["sallyport-bundle ".length()] = '1';
        Files.write(file(), bytes);

        assertRefused(bundle().read(NOW), "another version of this program wrote it (form 1, this one reads form 2)");
    }

    @Test
    void nobodyReadsItWithoutTheKeyAndOnlyItsOwnerReadsTheFile() throws IOException {
        keep(state(), NOW);

        assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1))
                .doesNotContain("shop", "spec", "EgressGateway");
        assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void theNewestTakesThePlaceOfTheOneBefore() {
        keep(DesiredState.EMPTY, NOW.minusSeconds(60));
        keep(state(), NOW);

        assertThat(bundle().read(NOW)).isEqualTo(usable(state(), NOW));
    }

    @Test
    void oneThatIsOldOrOfTheFutureIsRefused() {
        keep(state(), NOW);

        assertThat(bundle().read(NOW.plus(DAY))).isInstanceOf(Kept.Usable.class);
        assertRefused(bundle().read(NOW.plus(DAY).plusSeconds(1)), "longer ago than sallyport.bundle.max-age (PT24H)");
        assertRefused(bundle().read(NOW.minus(Duration.ofMinutes(6))), "is the clock right?");
    }

    @Test
    void anyByteThatWasChangedIsNoticed() throws IOException {
        keep(DesiredState.EMPTY, NOW);
        byte[] good = Files.readAllBytes(file());

        for (int place = 0; place < good.length; place++) {
            byte[] changed = good.clone();
            changed[place] ^= 1;
            Files.write(file(), changed);
            assertThat(bundle().read(NOW)).as("byte %d", place).isInstanceOf(Kept.Refused.class);
        }
    }

    @Test
    void oneThatIsCutOffAnywhereIsRefused() throws IOException {
        keep(DesiredState.EMPTY, NOW);
        byte[] good = Files.readAllBytes(file());

        for (int length = 0; length < good.length; length++) {
            Files.write(file(), Arrays.copyOf(good, length));
            assertThat(bundle().read(NOW)).as("%d bytes", length).isInstanceOf(Kept.Refused.class);
        }
    }

    @Test
    void itIsRefusedByWhoHasAnotherKeyOrIsAnotherInstallation() {
        keep(state(), NOW);

        assertRefused(bundle("one", OTHER_KEY).read(NOW), "SALLYPORT_ENCRYPTION_KEY does not list");
        assertRefused(bundle("two", TestDatabase.ENCRYPTION_KEY).read(NOW), "another installation");
        assertThat(bundle("one", OTHER_KEY + "," + TestDatabase.ENCRYPTION_KEY).read(NOW))
                .as("after a rotation of the key")
                .isInstanceOf(Kept.Usable.class);
    }

    @Test
    void withoutAFileAFolderOrAKeyThereIsNone() {
        assertThat(bundle().read(NOW)).isEqualTo(new Kept.Absent());
        assertThat(new BundleFile("", DAY, "one", new Seal(TestDatabase.ENCRYPTION_KEY)).isKept())
                .isFalse();
        assertThat(bundle("one", "").isKept()).isFalse();
        assertThat(bundle("one", "").read(NOW)).isEqualTo(new Kept.Absent());
    }

    private static void assertRefused(Kept kept, String reason) {
        assertThat(kept)
                .isInstanceOfSatisfying(
                        Kept.Refused.class,
                        refused -> assertThat(refused.reason()).contains("outage.bundle", reason));
    }

    private void keep(DesiredState state, Instant asOf) {
        bundle().keep(state, RolloutsInHand.none(state.revision()), asOf);
    }

    private static Kept usable(DesiredState state, Instant asOf) {
        return new Kept.Usable(state, RolloutsInHand.none(state.revision()), asOf);
    }

    private BundleFile bundle() {
        return bundle("one", TestDatabase.ENCRYPTION_KEY);
    }

    private BundleFile bundle(String deployment, String key) {
        return new BundleFile(folder.toString(), DAY, deployment, new Seal(key));
    }

    private Path file() {
        return folder.resolve("outage.bundle");
    }

    private static DesiredState state() {
        List<Resource<?>> resources = new ArrayList<>();
        for (Spec spec : Samples.specs()) {
            String name = spec instanceof Namespace ? "shop" : "sample-" + resources.size();
            resources.add(((Change.Put) Samples.put(7, "shop", name, spec)).resource());
        }
        return DesiredState.of(new Revision(7), resources);
    }
}
