package io.sallyport.domain.decision;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import java.util.List;

/**
 * Sources that rules cannot tell apart.
 *
 * @param principal those who prove this by certificate or token; at most one
 * @param range those without either who come from there; at most one. Without the two it is anyone, whatever he proves.
 * @param from whichever they are, they come from one of these; from anywhere where empty
 * @param isRest whether rules speak of some of them more narrowly, who are meant where nothing else is said of them
 */
public record SourcePart(List<PrincipalPattern> principal, List<Cidr> range, List<Cidr> from, boolean isRest) {
    public SourcePart {
        principal = List.copyOf(principal);
        range = List.copyOf(range);
        from = List.copyOf(from);
        if (principal.size() + range.size() > 1) {
            throw new IllegalArgumentException("sources are told by what they prove, or by where they come from");
        }
    }
}
