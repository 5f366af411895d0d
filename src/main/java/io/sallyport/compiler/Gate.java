package io.sallyport.compiler;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom a listener lets through to one port of one host: the rules in their order, and what is done where none decides.
 *
 * @param isShut whether nobody passes, whatever rules say, since policies cannot be enforced there
 */
record Gate(List<Admitting> rules, boolean isOpenByDefault, boolean isShut) {
    /** The default, as if it were a rule. */
    static final ResourceName DEFAULT_ALLOW = ResourceName.parse("sallyport/default-allow");

    private static final Admitting BY_DEFAULT = new Admitting(
            DEFAULT_ALLOW, Action.ALLOW, List.of(new SourceClass("", IdentitySet.ANYONE, List.of())), Validity.ALWAYS);
    // Beyond so many comparisons it counts as undecided.
    private static final int MOST_PARTS = 2_000;

    Gate {
        rules = List.copyOf(rules);
    }

    /**
     * A rule by which somebody passes here who may not pass there, as far as that can be told; nothing where everyone who
     * passes here passes there, at any time.
     */
    Optional<ResourceName> lettingThroughMoreThan(Gate other, ListenerView view) {
        if (isShut || equals(other)) {
            return Optional.empty();
        }
        List<Admitting> denials = new ArrayList<>();
        for (Admitting rule : rules) {
            if (rule.action() == Action.DENY) {
                denials.add(rule);
            } else if (!other.admitsAllOf(rule, denials, view)) {
                return Optional.of(rule.name());
            }
        }
        return isOpenByDefault && !other.admitsAllOf(BY_DEFAULT, denials, view)
                ? Optional.of(DEFAULT_ALLOW)
                : Optional.empty();
    }

    private boolean admitsAllOf(Admitting allow, List<Admitting> denials, ListenerView view) {
        List<Sources> parts = allow.sources().stream()
                .flatMap(Sources::of)
                .distinct()
                .filter(part -> part.isSeen(view))
                .toList();
        return parts.isEmpty()
                || (!isShut
                        && parts.size() <= MOST_PARTS
                        && parts.stream().allMatch(part -> admits(part, allow, denials)));
    }

    private boolean admits(Sources part, Admitting allow, List<Admitting> denials) {
        for (Admitting rule : rules) {
            if (!rule.overlapsInTime(allow)) {
                continue;
            }
            if (rule.action() == Action.DENY) {
                if (mayDeny(rule, part, denials)) {
                    return false;
                }
            } else if (rule.lastsAsLongAs(allow) && rule.sources().stream().anyMatch(part::areWithin)) {
                return true;
            }
        }
        return isOpenByDefault;
    }

    // Whom an earlier rule has denied over there already does not come here.
    private static boolean mayDeny(Admitting denial, Sources part, List<Admitting> earlier) {
        return denial.sources().stream()
                .flatMap(Sources::of)
                .filter(part::overlap)
                .anyMatch(denied -> earlier.stream()
                        .noneMatch(one -> one.lastsAsLongAs(denial)
                                && one.sources().stream().anyMatch(denied::areWithin)));
    }
}
