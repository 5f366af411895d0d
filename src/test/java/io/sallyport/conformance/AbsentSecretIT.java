package io.sallyport.conformance;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.usecase.ApplyDocuments;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A credential that is to be put in, and that the Envoy has not got: nothing goes out without it, and nothing falls over. */
@RequiresEnvoy
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
class AbsentSecretIT {
    private static final ResourceName GATEWAY = ResourceName.of("edge", "internet");

    @Inject
    ApplyDocuments applyDocuments;

    @Inject
    SnapshotFeed feed;

    @Test
    void requestsAreRefusedUntilTheSecretIsThere() {
        var first = aCredential("shop/key").token("first");
        var policy = aSecurityPolicy("shop/key").onDestination("billing").injecting("shop/key", "x-key", "");
        try (NearGate gate = new NearGate(applyDocuments)) {
            gate.write(gate.rule(), first, policy);
            await().until(() -> gate.isOpenToHttp());
            assertThat(gate.get().body()).contains("x-key: first");
            // Writes refuse such a reference; this is what an Envoy has whose control plane goes away between the two.
            Snapshot whole = feed.newest(GATEWAY).orElseThrow();

            feed.publish(of(whole, injecting(whole, "shop/absent"), "absent"));
            await().until(() -> gate.get().status() == 503);
            assertThat(gate.get().body()).contains("\"code\":\"credential-missing\"");
            feed.publish(of(whole, whole.upstreams(), "whole"));
            await().untilAsserted(() -> assertThat(gate.get().body()).contains("x-key: first"));

            gate.write(aCredential("shop/key").token("second"));
            await().untilAsserted(() -> assertThat(gate.get().body()).contains("x-key: second"));
            assertThat(gate.stat(".*update_rejected")).isZero();
            gate.remove(policy, first);
        }
    }

    private static List<Upstream> injecting(Snapshot snapshot, String credential) {
        return snapshot.upstreams().stream()
                .map(one -> new Upstream(
                        one.name(),
                        one.destination(),
                        one.port(),
                        one.targetPort(),
                        one.protocol(),
                        one.resolution(),
                        one.endpoints(),
                        one.subsets(),
                        one.settings(),
                        one.tls(),
                        List.of(new CredentialInjection(ResourceName.parse(credential), "x-key", "", true))))
                .toList();
    }

    private static Snapshot of(Snapshot snapshot, List<Upstream> upstreams, String hash) {
        return new Snapshot(
                snapshot.gateway(),
                new SnapshotVersion(snapshot.version().revision(), hash),
                snapshot.settings(),
                snapshot.sources(),
                snapshot.listeners(),
                snapshot.routes(),
                upstreams,
                snapshot.policies(),
                snapshot.secrets());
    }
}
