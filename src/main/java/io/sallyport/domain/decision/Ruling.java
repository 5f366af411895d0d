package io.sallyport.domain.decision;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.snapshot.RouteAction;
import java.util.List;
import java.util.stream.Stream;

/**
 * The decision on a request.
 *
 * @param name as in logs and refusals: of the rule that decided, or {@code sallyport/...}
 * @param admittedBy what had allowed the request before it was refused for where it leads, what is inside, or what cannot be
 *     enforced, named in the same way; at most one
 */
public record Ruling(Action action, String name, Reason reason, List<String> admittedBy) {
    static final String OURS = "sallyport/";

    public Ruling {
        admittedBy = List.copyOf(admittedBy);
    }

    /** One that no rule took. */
    public static Ruling of(Reason reason) {
        Action action = reason == Reason.DEFAULT_ALLOW ? Action.ALLOW : Action.DENY;
        return new Ruling(action, reason.decisionName(), reason, List.of());
    }

    /** What this one allowed is refused by a policy, or by a rule of one. */
    public Ruling overruledBy(String authorization) {
        return new Ruling(Action.DENY, authorization, Reason.AUTHORIZATION, List.of(name));
    }

    /** What this one allowed is refused after all. */
    public Ruling overruledBy(Reason refusal) {
        return new Ruling(Action.DENY, refusal.decisionName(), refusal, List.of(name));
    }

    /** What a route says in the end of what rules allowed. */
    public Ruling under(Routing routing) {
        if (!allows()) {
            return this;
        }
        return switch (routing) {
            case Routing.ToOwner owner -> this;
            case Routing.NoRoute none -> this;
            case Routing.AmbiguousPath ambiguous -> overruledBy(Reason.AMBIGUOUS_PATH);
            case Routing.Taken taken ->
                taken.route().action() instanceof RouteAction.Refuse ? overruledBy(Reason.ROUTE_ESCAPES_RULES) : this;
        };
    }

    public boolean allows() {
        return action == Action.ALLOW;
    }

    /** Those that it names that are rules. */
    Stream<ResourceName> rules() {
        Stream<String> own = reason == Reason.AUTHORIZATION ? Stream.empty() : Stream.of(name);
        return Stream.concat(own, admittedBy.stream())
                .filter(one -> !one.startsWith(OURS))
                .map(ResourceName::parse);
    }
}
