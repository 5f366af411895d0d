package io.sallyport.testkit;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.GuardrailBuilder.never;
import static io.sallyport.testkit.RoleBindingBuilder.aRoleBinding;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;

import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.LabelSelector.Operator;
import io.sallyport.domain.LabelSelector.Requirement;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Spec;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.approval.Approvers;
import io.sallyport.domain.approval.Emergency;
import io.sallyport.domain.approval.RiskType;
import io.sallyport.domain.approval.Trigger;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.OutlierDetection;
import io.sallyport.domain.guardrail.Transport;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.rollout.RolloutGates;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.rollout.RolloutPolicy.NewerChanges;
import io.sallyport.domain.rollout.RolloutPolicy.OnFailure;
import io.sallyport.domain.rollout.RolloutStep;
import io.sallyport.domain.rollout.RolloutStep.Promotion;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.Cors;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Resources in which no field is at its default. */
final class FullSamples {
    private FullSamples() {}

    static Spec gateway() {
        return aGateway("edge/full")
                .mutual("mutual", 8443, "server", "clients", "a.example")
                .connect("proxy", 3128)
                .endingTls("server")
                .tcp("database", 5432, "shop/ledger")
                .acceptingProxyProtocol()
                .cuttingOnRevoke()
                .lapsingAfter(Duration.ofMinutes(90))
                .refusingByCodeAlone()
                .loggingRefusedAlone()
                .maxFlowDuration(Duration.ofHours(8))
                .idleTimeout(Duration.ofMillis(1500))
                .maxConnections(9)
                .leavingThrough("proxy.corp.example", 3128, "password")
                .rollingOut(rollout())
                .build()
                .spec();
    }

    private static RolloutPolicy rollout() {
        LabelSelector canaries = new LabelSelector(
                new TreeMap<>(Map.of("track", "canary")),
                List.of(new Requirement("zone", Operator.IN, List.of("a", "b"))));
        return new RolloutPolicy(
                List.of(
                        new RolloutStep(
                                0,
                                List.of(canaries),
                                new RolloutGates(95, 1, Duration.ofMinutes(5), Duration.ofMinutes(20)),
                                Promotion.MANUAL),
                        new RolloutStep(25, List.of(), RolloutGates.DEFAULT, Promotion.AUTOMATIC)),
                OnFailure.HALT,
                NewerChanges.WAIT);
    }

    static Spec destination() {
        return aDestination("shop/full")
                .hosts("api.example.com")
                .addresses("192.0.2.0/24")
                .port(443, Protocol.HTTPS)
                .at("b.example", 8443, 7, "west", "v", "2")
                .subset("two", "v", "2")
                .dns(Duration.ofSeconds(30), true, DnsSettings.Family.V6_ONLY)
                .connection(new Connection(
                        Duration.ofMillis(250),
                        1,
                        0,
                        2,
                        0,
                        List.of(new Connection.KeepAlive(Duration.ofMinutes(1), Duration.ofSeconds(5), 3)),
                        7,
                        Duration.ofMinutes(2)))
                .ejectingOutliers(new OutlierDetection(2, Duration.ofSeconds(1), Duration.ofSeconds(3), 50))
                .checkedBy(new HealthCheck(
                        HealthCheck.Kind.HTTP, "/healthz", Duration.ofSeconds(2), Duration.ofMillis(300), 2, 4))
                .balancedBy(LoadBalancer.Policy.MAGLEV, "x-user")
                .localities("west")
                .neverAt("198.51.100.0/24")
                .build()
                .spec();
    }

    static Spec workload() {
        return aWorkload("shop/full")
                .withTokenOf("https://issuer.example", "shop-checkout")
                .build()
                .spec();
    }

    static Spec rule() {
        return aRule("shop/full")
                .from(Sources.everyone())
                .toLabelled("tier", "partner", 443)
                .between(Instant.EPOCH, Instant.MAX)
                .passed(Validity.Passed.START)
                .shadow()
                .direct()
                .balancedBy(LoadBalancer.Policy.LEAST_REQUEST)
                .failingOverTo("edge/second")
                .because("T-1", "trial")
                .build()
                .spec();
    }

    static Spec securityPolicy() {
        return aSecurityPolicy("edge/full")
                .onListener("internet", "proxy")
                .onDestination("billing")
                .jwt("https://issuer.example", "{\"keys\":[]}", "egress")
                .tls(new TlsOrigination(
                        TlsOrigination.Mode.MUTUAL,
                        List.of("front.example"),
                        List.of("back.example"),
                        List.of(ResourceName.of("edge", "corporate")),
                        List.of(ResourceName.of("edge", "gateway")),
                        new TlsVersions(TlsVersions.Version.TLS_1_2, TlsVersions.Version.TLS_1_2),
                        List.of("ECDHE-RSA-AES128-GCM-SHA256"),
                        List.of("h2"),
                        List.of(new TlsOrigination.Unverified(Instant.EPOCH, "trial", true))))
                .limitedTo(100, Duration.ofMinutes(1), RateLimit.Key.SOURCE, RateLimit.Key.HOST)
                .largest(new RequestLimits(1000, 16))
                .headers(
                        new HeaderPolicy.Edit(List.of("cookie"), new TreeMap<>(Map.of("x-team", "shop"))),
                        new HeaderPolicy.Edit(List.of("server"), new TreeMap<>(Map.of("x-gate", "1"))))
                .cors(new Cors(
                        List.of("https://app.example"),
                        List.of("GET"),
                        List.of("x-a"),
                        List.of("x-b"),
                        Duration.ofHours(1),
                        true))
                .injecting("edge/key", "x-api-key", "Key ")
                .build()
                .spec();
    }

    static Spec credential() {
        return aCredential("edge/full").token("hunter2 \\ \"ünïque\"").build().spec();
    }

    static Spec guardrail() {
        return never("edge/full")
                .from(Sources.principals("spiffe://corp.example/*"))
                .to("*.paste.example", 443)
                .toDestination("shop/paste")
                .by("POST")
                .over(Transport.CLEARTEXT, Transport.UNVERIFIED)
                .exceptTo("ok.paste.example")
                .warning()
                .build()
                .spec();
    }

    static Spec approvalPolicy() {
        return new ApprovalPolicy(
                List.of(),
                List.of(Samples.SELECTOR),
                List.of(HostPattern.parse("*.corp.example")),
                List.of(
                        new Trigger(RiskType.NEW_DESTINATION, Trigger.NewFor.SOURCE, 0),
                        new Trigger(RiskType.WORKLOADS_AFFECTED, Trigger.NewFor.ANYONE, 20)),
                2,
                new Approvers(List.of(Role.SECURITY), List.of(new Subject.Group("board"))),
                Duration.ofHours(24),
                List.of(new Emergency(
                        new Approvers(List.of(), List.of(new Subject.ServiceAccount("on-call"))),
                        Duration.ofHours(4))));
    }

    static Spec roleBinding() {
        return aRoleBinding("edge/full")
                .of(Role.AUDITOR)
                .group("auditors")
                .user("https://issuer.example", "4711")
                .serviceAccount("ci")
                .everywhere()
                .build()
                .spec();
    }
}
