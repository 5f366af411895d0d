package io.sallyport.push.agent;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.GatewaySettings;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Snapshots of a gateway with one host, whose one rule allows or denies. */
final class Samples {
    static final ResourceName GATEWAY = ResourceName.of("edge", "internet");
    private static final ResourceName BILLING = ResourceName.of("shop", "billing");
    private static final PortNumber PORT = new PortNumber(80);

    private Samples() {}

    static Snapshot allowing(long revision) {
        return snapshot(revision, "allowing", List.of(rule(Action.ALLOW, Validity.ALWAYS)));
    }

    static Snapshot denying(long revision) {
        return snapshot(revision, "denying", List.of(rule(Action.DENY, Validity.ALWAYS)));
    }

    static Snapshot allowingUntil(Instant end) {
        return snapshot(1, "expiring", List.of(rule(Action.ALLOW, new Validity(Instant.MIN, end))));
    }

    static Snapshot withoutRules(long revision) {
        return snapshot(revision, "bare", List.of());
    }

    private static CompiledRule rule(Action action, Validity validity) {
        return new CompiledRule(ResourceName.of("shop", "checkout-to-billing"), action, List.of("checkout"), validity);
    }

    private static Snapshot snapshot(long revision, String hash, List<CompiledRule> rules) {
        Listener listener = new Listener(
                new Name("http"),
                new IpAddress("127.0.0.1"),
                new PortNumber(10080),
                Listener.Protocol.HTTP,
                List.of(),
                List.of(),
                List.of(),
                false);
        HostEntry host = new HostEntry(
                new HostPattern("billing.example"),
                BILLING,
                7,
                List.of(new PortEntry(PORT, "shop/billing/80", rules, List.of())),
                "");
        Upstream upstream = new Upstream(
                "shop/billing/80",
                BILLING,
                PORT,
                new PortNumber(18080),
                DestinationPort.Protocol.HTTP,
                Resolution.STATIC,
                List.of(new Upstream.UpstreamEndpoint("127.0.0.1", new PortNumber(18080), 1, "", new TreeMap<>())),
                List.of(),
                UpstreamSettings.DEFAULT,
                TlsOrigination.DEFAULT,
                List.of());
        return new Snapshot(
                GATEWAY,
                new SnapshotVersion(new Revision(revision), hash),
                new GatewaySettings(DefaultAction.DENY, AddressPolicy.DEFAULT, 64, Conduct.DEFAULT),
                List.of(new SourceClass(
                        "checkout", new IdentitySet(false, List.of(), List.of(Cidr.parse("127.0.0.2/32"))), List.of())),
                List.of(new ListenerSnapshot(listener, List.of(host), List.of(), "")),
                List.of(),
                List.of(upstream),
                List.of(),
                List.of());
    }
}
