package io.sallyport.compiler.explain;

import io.sallyport.compiler.cel.Condition.Truth;
import io.sallyport.domain.security.AuthorizationRule.Claim;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a claim of a token is what a rule asks for. */
final class ClaimTrial {
    private ClaimTrial() {}

    /** Not where it is not there; where it is neither a text nor a list, that cannot be told. */
    static Truth of(Claim claim, Map<String, Object> claims) {
        Object value = claims;
        for (String name : claim.path()) {
            if (!(value instanceof Map<?, ?> within)) {
                return Truth.UNKNOWN;
            }
            Optional<?> next = Optional.ofNullable(within.get(name));
            if (next.isEmpty()) {
                return within.containsKey(name) ? Truth.UNKNOWN : Truth.NO;
            }
            value = next.get();
        }
        return of(claim.values(), value);
    }

    private static Truth of(List<String> wanted, Object value) {
        return switch (value) {
            case String text -> truth(wanted.contains(text));
            case List<?> list -> truth(list.stream().anyMatch(wanted::contains));
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth truth(boolean holds) {
        return holds ? Truth.YES : Truth.NO;
    }
}
