package io.sallyport.domain.security;

import java.util.List;

/**
 * What a security policy asks of traffic as a gateway sees it; how the gateway itself speaks to a destination is in
 * {@link TlsOrigination}.
 *
 * @param authentication how sources prove who they are; at most one
 * @param authorization what more than rules must allow; empty where nothing is asked
 * @param externalAuthorization a service that is asked for its leave; at most one
 * @param rateLimit how much may come in a time; at most one
 * @param requestLimits how large a request may be; at most one
 * @param headers what is taken from and given to requests and responses; at most one
 * @param cors which web pages may ask (Fetch standard, CORS protocol); at most one
 * @param credentialInjection a credential that the gateway adds, so that no workload has to hold it; at most one
 */
public record TrafficPolicy(
        List<Authentication> authentication,
        List<AuthorizationRule> authorization,
        List<ExternalAuthorization> externalAuthorization,
        List<RateLimit> rateLimit,
        List<RequestLimits> requestLimits,
        List<HeaderPolicy> headers,
        List<Cors> cors,
        List<CredentialInjection> credentialInjection) {
    /** Asks for nothing. */
    public static final TrafficPolicy NONE =
            new TrafficPolicy(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public TrafficPolicy {
        authentication = only("authentication", authentication);
        authorization = List.copyOf(authorization);
        externalAuthorization = only("externalAuthorization", externalAuthorization);
        rateLimit = only("rateLimit", rateLimit);
        requestLimits = only("requestLimits", requestLimits);
        headers = only("headers", headers);
        cors = only("cors", cors);
        credentialInjection = only("credentialInjection", credentialInjection);
    }

    /** Asks for nothing but tokens. */
    public static TrafficPolicy authenticating(List<Authentication> authentication) {
        return new TrafficPolicy(
                authentication, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    public boolean asksNothing() {
        return equals(NONE);
    }

    public boolean asksMoreThanAuthorization() {
        return !new TrafficPolicy(
                        authentication,
                        List.of(),
                        externalAuthorization,
                        rateLimit,
                        requestLimits,
                        headers,
                        cors,
                        credentialInjection)
                .asksNothing();
    }

    private static <T> List<T> only(String section, List<T> sections) {
        if (sections.size() > 1) {
            throw new IllegalArgumentException("a policy has at most one section " + section);
        }
        return List.copyOf(sections);
    }
}
