package io.sallyport.testkit;

import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.EgressRule.Justification;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Forwarding;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code aRule("shop/checkout").from(selecting("app", "checkout")).to("shop/billing")}: allows, on edge/internet. */
public final class RuleBuilder extends ResourceBuilder<EgressRule> {
    private final List<Source> from = new ArrayList<>();
    private final List<Target> to = new ArrayList<>();
    private ResourceName gateway = ResourceName.of("edge", "internet");
    private List<Name> listeners = List.of();
    private Tier tier = Tier.NAMESPACE;
    private int priority = EgressRule.DEFAULT_PRIORITY;
    private Action action = Action.ALLOW;
    private Validity validity = Validity.ALWAYS;
    private Enforcement enforcement = Enforcement.ENFORCE;
    private Forwarding forwarding = Forwarding.DEFAULT;
    private Justification justification = Justification.NONE;

    private RuleBuilder(String name) {
        super(name);
    }

    public static RuleBuilder aRule(String name) {
        return new RuleBuilder(name);
    }

    public RuleBuilder gateway(String name) {
        gateway = named(name);
        return this;
    }

    public RuleBuilder listener(String name) {
        listeners = names(name);
        return this;
    }

    public RuleBuilder tier(Tier newTier) {
        tier = newTier;
        return this;
    }

    public RuleBuilder priority(int newPriority) {
        priority = newPriority;
        return this;
    }

    public RuleBuilder denying() {
        action = Action.DENY;
        return this;
    }

    public RuleBuilder from(Source... entries) {
        from.addAll(List.of(entries));
        return this;
    }

    public RuleBuilder from(Sources entry) {
        return from(entry.build());
    }

    public RuleBuilder to(String destination, int... ports) {
        to.add(Target.of(
                named(destination),
                Arrays.stream(ports).mapToObj(PortNumber::new).toList()));
        return this;
    }

    /** All destinations with that label that the rule's namespace may use. */
    public RuleBuilder toLabelled(String key, String value, int... ports) {
        return toSelected(new LabelSelector(labels(key, value), List.of()), ports);
    }

    public RuleBuilder toSelected(LabelSelector selector, int... ports) {
        to.add(Target.selecting(
                selector, Arrays.stream(ports).mapToObj(PortNumber::new).toList()));
        return this;
    }

    public RuleBuilder between(Instant notBefore, Instant expiresAt) {
        validity = new Validity(notBefore, expiresAt);
        return this;
    }

    public RuleBuilder passed(Validity.Passed passed) {
        validity = validity.withPassed(passed);
        return this;
    }

    public RuleBuilder enforced(Enforcement newEnforcement) {
        enforcement = newEnforcement;
        return this;
    }

    public RuleBuilder shadow() {
        return enforced(Enforcement.SHADOW);
    }

    public RuleBuilder off() {
        return enforced(Enforcement.OFF);
    }

    public RuleBuilder failingOverTo(String... gateways) {
        forwarding = new Forwarding(forwarding.via(), forwarding.loadBalancer(), each(this::reference, gateways));
        return this;
    }

    public RuleBuilder direct() {
        return forwarded(
                new Forwarding(Forwarding.Via.DIRECT, forwarding.loadBalancer(), forwarding.failoverGateways()));
    }

    public RuleBuilder balancedBy(Policy policy) {
        return forwarded(new Forwarding(forwarding.via(), policy, forwarding.failoverGateways()));
    }

    public RuleBuilder forwarded(Forwarding newForwarding) {
        forwarding = newForwarding;
        return this;
    }

    public RuleBuilder because(String ticket, String reason) {
        justification = new Justification(ticket, reason);
        return this;
    }

    @Override
    protected EgressRule spec() {
        return new EgressRule(
                gateway, listeners, tier, priority, action, enforcement, from, to, forwarding, validity, justification);
    }
}
