package io.sallyport.compiler.envoy;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.sallyport.domain.security.JwtProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What is done to the headers of a request before its token is looked at. It is said by routes, for a policy that comes or
 * goes must not change a listener.
 */
final class TokenTraces {
    private TokenTraces() {}

    /**
     * At most one. What tokens are to tell, nobody else may have told.
     *
     * @param asks whether who shows no token is asked for one
     */
    static List<Any> of(List<JwtProvider> jwt, boolean asks) {
        List<HeaderMutation> mutations = new ArrayList<>();
        var told = new TreeSet<String>();
        jwt.forEach(provider -> told.addAll(provider.claimsToHeaders().keySet()));
        told.forEach(header ->
                mutations.add(HeaderMutation.newBuilder().setRemove(header).build()));
        if (asks && !jwt.isEmpty()) {
            mutations.add(Headers.set(Headers.ASKS_FOR_TOKEN, "yes"));
        }
        return mutations.isEmpty()
                ? List.of()
                : List.of(Encoding.any(HeaderMutationPerRoute.newBuilder()
                        .setMutations(Mutations.newBuilder().addAllRequestMutations(mutations))
                        .build()));
    }
}
