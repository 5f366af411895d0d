package io.sallyport.compiler.envoy;

import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which tokens are taken where: by the stamps of hosts where their own policies say otherwise than their listener's.
 *
 * @param elsewhere what counts for all other hosts
 */
record TokenPlaces(Authentication elsewhere, SortedMap<String, Authentication> ofHosts) {
    private static final int DIGITS = 8;
    private static final Authentication NONE = new Authentication(List.of(), false, false);

    static TokenPlaces of(ListenerSnapshot listener, StampKeys keys, PoliciesInForce policies) {
        Authentication elsewhere = new Authentication(
                listener.jwt(),
                !listener.jwt().isEmpty()
                        && authentication(policies.at(listener)).tokenRequired(),
                false);
        SortedMap<String, Authentication> ofHosts = new TreeMap<>();
        for (HostEntry host : listener.hosts()) {
            Authentication own = tokens(authentication(policies.at(listener, host)));
            if (!host.policy().isEmpty() && !own.equals(elsewhere)) {
                keys.anywhere(host).forEach(key -> ofHosts.put(key, own));
            }
        }
        return new TokenPlaces(elsewhere, ofHosts);
    }

    private static Authentication authentication(EffectivePolicy policy) {
        return policy.authentication().stream().findFirst().orElse(NONE);
    }

    private static Authentication tokens(Authentication authentication) {
        return new Authentication(authentication.jwt(), authentication.tokenRequired(), false);
    }

    /** All whose tokens are taken somewhere. */
    List<JwtProvider> providers() {
        return Stream.concat(elsewhere.jwt().stream(), ofHosts.values().stream().flatMap(own -> own.jwt().stream()))
                .distinct()
                .toList();
    }

    /** By its issuer, where there is but one of that. */
    String name(JwtProvider provider) {
        return elsewhere.jwt().contains(provider)
                ? provider.issuer()
                : provider.issuer() + "#"
                        + Encoding.digest(com.google.protobuf.ByteString.copyFromUtf8(provider.toString()))
                                .substring(0, DIGITS);
    }
}
