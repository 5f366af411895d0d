package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.AuthorizationRule.Claim;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Of whom a rule of authorization speaks, in JSON. */
final class AuthorizedSourcesJson {
    private static final int LONGEST = 1024;

    private AuthorizedSourcesJson() {}

    static Optional<AuthorizationRule.Sources> read(Place place) {
        Fields fields = place.fields("principals", "namespaces", "claims", "ipBlocks");
        List<PrincipalPattern> principals = fields.list("principals", item -> item.parsed(PrincipalPattern::new));
        List<Name> namespaces = fields.list("namespaces", item -> item.parsed(Name::new));
        List<Claim> claims = fields.list("claims", AuthorizedSourcesJson::readClaim);
        List<Cidr> ipBlocks = fields.list("ipBlocks", item -> item.parsed(Cidr::parse));
        List.of("principals", "namespaces", "claims", "ipBlocks").forEach(fields::refuseEmpty);
        fields.refuseRepeats("claims", claims, Claim::path);
        if (place.value().isObject() && place.value().isEmpty()) {
            place.report(Violations.Reason.MISSING_FIELD, "Say who is meant, or leave 'from' out for everybody.");
        }
        return fields.build(() -> new AuthorizationRule.Sources(principals, namespaces, claims, ipBlocks));
    }

    private static Optional<Claim> readClaim(Place place) {
        Fields fields = place.fields("path", "values");
        List<String> path = fields.requiredList("path", item -> item.parsed(AuthorizedSourcesJson::name));
        List<String> values = fields.requiredList("values", item -> item.parsed(AuthorizedSourcesJson::name));
        fields.refuseRepeats("values", values, Function.identity());
        return fields.build(() -> new Claim(path, values));
    }

    private static String name(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a claim has a name and values of 1 to %d characters".formatted(LONGEST));
        }
        return text;
    }

    static ObjectNode write(AuthorizationRule.Sources from) {
        ObjectNode result = Tree.object();
        Tree.texts(result, "principals", from.principals());
        Tree.texts(result, "namespaces", from.namespaces());
        Tree.list(result, "claims", from.claims(), AuthorizedSourcesJson::writeClaim);
        Tree.texts(result, "ipBlocks", from.ipBlocks());
        return result;
    }

    private static ObjectNode writeClaim(Claim claim) {
        ObjectNode result = Tree.object();
        Tree.texts(result, "path", claim.path());
        Tree.texts(result, "values", claim.values());
        return result;
    }
}
