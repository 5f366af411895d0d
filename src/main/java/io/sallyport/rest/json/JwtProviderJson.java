package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.RemoteKeys;
import io.sallyport.domain.security.TokenHeader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Whose tokens prove who a source is, in JSON. */
final class JwtProviderJson {
    private static final int LONGEST_AUDIENCE = 1024;
    private static final int LONGEST_URI = 2048;
    private static final Pattern PREFIX = Pattern.compile("[\\x20-\\x7e]{0,100}");
    private static final Pattern CLAIM = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Function<Place, Optional<Duration>> CACHE =
            DurationJson.between(Duration.ofSeconds(1), Duration.ofHours(24));

    private JwtProviderJson() {}

    /** References without a namespace are to the policy's own. */
    static Optional<JwtProvider> read(Place place, Name own) {
        Fields fields = place.fields(
                "issuer",
                "audiences",
                "jwks",
                "jwksUri",
                "jwksCaRef",
                "jwksCacheDuration",
                "fromHeaders",
                "claimsToHeaders");
        Optional<String> issuer = fields.required("issuer", item -> item.parsed(IssuerText::issuer));
        List<String> audiences = fields.list("audiences", item -> item.parsed(JwtProviderJson::audience));
        Optional<String> jwks = fields.optional("jwks", JwksJson::read);
        List<RemoteKeys> remote = remote(fields, own);
        List<TokenHeader> headers = fields.list("fromHeaders", JwtProviderJson::readHeader);
        SortedMap<String, String> told = told(fields);
        fields.refuseRepeats("audiences", audiences, Function.identity());
        fields.refuseEmpty("fromHeaders");
        fields.refuseRepeats("fromHeaders", headers, Function.identity());
        return fields.build(
                () -> new JwtProvider(issuer.orElseThrow(), audiences, jwks.orElse(""), remote, headers, told));
    }

    private static List<RemoteKeys> remote(Fields fields, Name own) {
        Optional<ResourceName> caBundle = fields.optional("jwksCaRef", item -> ReferenceJson.read(item, own));
        Optional<Duration> cache = fields.defaulted("jwksCacheDuration", RemoteKeys.USUAL_CACHE, CACHE);
        if (!fields.isThere("jwksUri")) {
            fields.needed("jwks", "The keys of the issuer are needed: here as 'jwks', or fetched from 'jwksUri'.");
            fields.refused("jwksCaRef", "Keys that are here are not fetched: use 'jwksUri', or leave this out.");
            fields.refused(
                    "jwksCacheDuration", "Keys that are here are not fetched: use 'jwksUri', or leave this out.");
            return List.of();
        }
        fields.refused("jwks", "The keys are either here or fetched from 'jwksUri': leave one of them out.");
        return fields
                .optional(
                        "jwksUri",
                        item -> item.text(LONGEST_URI)
                                .flatMap(uri -> item.attempt(() -> new RemoteKeys(
                                        uri,
                                        cache.orElse(RemoteKeys.USUAL_CACHE),
                                        caBundle.stream().toList()))))
                .stream()
                .toList();
    }

    private static Optional<TokenHeader> readHeader(Place place) {
        Fields fields = place.fields("name", "prefix");
        Optional<String> name = fields.required("name", HeaderJson::name);
        Optional<String> prefix = fields.defaulted("prefix", "", item -> item.parsed(JwtProviderJson::prefix));
        return fields.build(() -> new TokenHeader(name.orElseThrow(), prefix.orElseThrow()));
    }

    private static SortedMap<String, String> told(Fields fields) {
        SortedMap<String, String> told = new TreeMap<>();
        List<Map.Entry<String, String>> entries = fields.list("claimsToHeaders", JwtProviderJson::readClaim);
        fields.refuseEmpty("claimsToHeaders");
        fields.refuseRepeats("claimsToHeaders", entries, Map.Entry::getKey);
        entries.forEach(entry -> told.put(entry.getKey(), entry.getValue()));
        return told;
    }

    private static Optional<Map.Entry<String, String>> readClaim(Place place) {
        Fields fields = place.fields("claim", "header");
        Optional<String> claim = fields.required("claim", item -> item.parsed(JwtProviderJson::claim));
        Optional<String> header = fields.required("header", HeaderJson::changeableName);
        return fields.build(() -> Map.entry(header.orElseThrow(), claim.orElseThrow()));
    }

    private static String audience(String text) {
        if (text.isBlank() || text.length() > LONGEST_AUDIENCE) {
            throw new IllegalArgumentException("an audience has 1 to %d characters".formatted(LONGEST_AUDIENCE));
        }
        return text;
    }

    private static String prefix(String text) {
        if (!PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a prefix has at most 100 printable ASCII characters, 'Bearer ' for example");
        }
        return text;
    }

    private static String claim(String text) {
        if (!CLAIM.matcher(text).matches() || text.length() > LONGEST_AUDIENCE) {
            throw new IllegalArgumentException(
                    "'%s' is not a claim that can be told: use letters, digits, _ and -, with dots between names"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    static ObjectNode write(JwtProvider provider) {
        ObjectNode result = Tree.object().put("issuer", provider.issuer());
        Tree.texts(result, "audiences", provider.audiences());
        provider.remote().forEach(keys -> {
            result.put("jwksUri", keys.uri()).put("jwksCacheDuration", DurationJson.text(keys.cacheDuration()));
            keys.caBundle().forEach(name -> result.set("jwksCaRef", ReferenceJson.write(name)));
        });
        if (provider.remote().isEmpty()) {
            result.set("jwks", JwksJson.write(provider.jwks()));
        }
        Tree.list(
                result,
                "fromHeaders",
                provider.fromHeaders(),
                header -> Tree.object().put("name", header.name()).put("prefix", header.prefix()));
        Tree.list(
                result,
                "claimsToHeaders",
                provider.claimsToHeaders().entrySet(),
                entry -> Tree.object().put("claim", entry.getValue()).put("header", entry.getKey()));
        return result;
    }
}
