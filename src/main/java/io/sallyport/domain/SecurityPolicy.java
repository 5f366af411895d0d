package io.sallyport.domain;

import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import io.sallyport.domain.security.TrafficPolicy;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a gateway, a listener or a destination asks of traffic beyond rules.
 *
 * @param targets at least one
 * @param tls how a gateway speaks TLS to the targets that are destinations; at most one
 */
public record SecurityPolicy(List<PolicyTarget> targets, List<TlsOrigination> tls, TrafficPolicy traffic)
        implements Spec {
    public SecurityPolicy {
        targets = List.copyOf(targets);
        tls = List.copyOf(tls);
        if (targets.isEmpty() || tls.size() > 1) {
            throw new IllegalArgumentException("a policy has at least one targetRef and at most one section tls");
        }
    }

    /** Whose tokens it takes for proof. */
    public List<JwtProvider> jwt() {
        return traffic.authentication().stream()
                .map(Authentication::jwt)
                .flatMap(List::stream)
                .toList();
    }

    /** The same with each exception from verification replaced. */
    public SecurityPolicy withUnverified(UnaryOperator<Unverified> replacement) {
        return new SecurityPolicy(
                targets,
                tls.stream()
                        .map(one -> one.withUnverified(
                                one.unverified().stream().map(replacement).toList()))
                        .toList(),
                traffic);
    }

    /** The credentials that it refers to. */
    public Stream<ResourceName> credentials() {
        return Stream.of(
                        tls.stream().flatMap(TlsOrigination::credentials),
                        traffic.credentialInjection().stream().map(injection -> injection.credential()),
                        jwt().stream()
                                .flatMap(provider -> provider.remote().stream())
                                .flatMap(keys -> keys.caBundle().stream()))
                .flatMap(names -> names);
    }
}
