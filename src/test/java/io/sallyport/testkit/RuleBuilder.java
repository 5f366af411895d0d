package io.sallyport.testkit;

import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.EgressRule.Justification;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
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

    public RuleBuilder between(Instant notBefore, Instant expiresAt) {
        validity = new Validity(notBefore, expiresAt);
        return this;
    }

    @Override
    protected EgressRule spec() {
        return new EgressRule(
                gateway,
                listeners,
                tier,
                priority,
                action,
                Enforcement.ENFORCE,
                from,
                to,
                Forwarding.DEFAULT,
                validity,
                Justification.NONE);
    }
}
