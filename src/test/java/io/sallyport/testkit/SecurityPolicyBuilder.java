package io.sallyport.testkit;

import io.sallyport.domain.Name;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.Cors;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TrafficPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code aSecurityPolicy("edge/tokens").onListener("internet", "proxy").jwt("https://issuer.example", jwks)}. */
public final class SecurityPolicyBuilder extends ResourceBuilder<SecurityPolicy> {
    private final List<PolicyTarget> targets = new ArrayList<>();
    private final List<JwtProvider> jwt = new ArrayList<>();
    private final List<AuthorizationRule> authorization = new ArrayList<>();
    private boolean tokenRequired;
    private boolean certificateRequired;
    private List<TlsOrigination> tls = List.of();

    private final List<RateLimit.Local> limits = new ArrayList<>();
    private List<RateLimit.Global> global = List.of();
    private List<ExternalAuthorization> external = List.of();
    private List<RequestLimits> requestLimits = List.of();
    private List<HeaderPolicy> headers = List.of();
    private List<Cors> cors = List.of();
    private List<CredentialInjection> injection = List.of();

    private SecurityPolicyBuilder(String name) {
        super(name);
    }

    public static SecurityPolicyBuilder aSecurityPolicy(String name) {
        return new SecurityPolicyBuilder(name);
    }

    public SecurityPolicyBuilder onGateway(String gateway) {
        targets.add(new PolicyTarget(PolicyTarget.Kind.EGRESS_GATEWAY, only(gateway), List.of()));
        return this;
    }

    public SecurityPolicyBuilder onListener(String gateway, String listener) {
        targets.add(new PolicyTarget(PolicyTarget.Kind.EGRESS_GATEWAY, only(gateway), names(listener)));
        return this;
    }

    public SecurityPolicyBuilder onDestination(String destination) {
        targets.add(new PolicyTarget(PolicyTarget.Kind.DESTINATION, only(destination), List.of()));
        return this;
    }

    public SecurityPolicyBuilder jwt(String issuer, String jwks, String... audiences) {
        jwt.add(new JwtProvider(issuer, List.of(audiences), jwks));
        return this;
    }

    public SecurityPolicyBuilder jwt(JwtProvider provider) {
        jwt.add(provider);
        return this;
    }

    public SecurityPolicyBuilder requiringToken() {
        tokenRequired = true;
        return this;
    }

    public SecurityPolicyBuilder requiringCertificate() {
        certificateRequired = true;
        return this;
    }

    public SecurityPolicyBuilder authorizing(AuthorizationRuleBuilder... rules) {
        for (AuthorizationRuleBuilder rule : rules) {
            authorization.add(rule.build());
        }
        return this;
    }

    /** A credential of type CaBundle. */
    public SecurityPolicyBuilder trusting(String caBundleName) {
        return tls(TlsOrigination.trusting(reference(caBundleName)));
    }

    public SecurityPolicyBuilder tls(TlsBuilder newTls) {
        return tls(newTls.build());
    }

    public SecurityPolicyBuilder tls(TlsOrigination newTls) {
        tls = List.of(newTls);
        return this;
    }

    public SecurityPolicyBuilder limitedTo(int requests, Duration per, RateLimit.Key... keys) {
        limits.add(new RateLimit.Local(requests, per, requests, List.of(keys)));
        return this;
    }

    public SecurityPolicyBuilder limitedTo(RateLimit.Local limit) {
        limits.add(limit);
        return this;
    }

    public SecurityPolicyBuilder countedBy(RateLimit.Global service) {
        global = List.of(service);
        return this;
    }

    public SecurityPolicyBuilder askedBy(ExternalAuthorization service) {
        external = List.of(service);
        return this;
    }

    public SecurityPolicyBuilder largest(RequestLimits largest) {
        requestLimits = List.of(largest);
        return this;
    }

    public SecurityPolicyBuilder headers(HeaderPolicy.Edit request, HeaderPolicy.Edit response) {
        headers = List.of(new HeaderPolicy(request, response));
        return this;
    }

    public SecurityPolicyBuilder cors(Cors allowed) {
        cors = List.of(allowed);
        return this;
    }

    /** A credential of type Token. */
    public SecurityPolicyBuilder injecting(String token, String header, String prefix) {
        injection = List.of(new CredentialInjection(reference(token), header, prefix, true));
        return this;
    }

    public SecurityPolicyBuilder injecting(CredentialInjection credential) {
        injection = List.of(credential);
        return this;
    }

    private static Name only(String name) {
        return names(name).getFirst();
    }

    @Override
    protected SecurityPolicy spec() {
        return new SecurityPolicy(
                targets,
                tls,
                new TrafficPolicy(
                        jwt.isEmpty() && !certificateRequired
                                ? List.of()
                                : List.of(new Authentication(jwt, tokenRequired, certificateRequired)),
                        authorization,
                        external,
                        limits.isEmpty() && global.isEmpty() ? List.of() : List.of(new RateLimit(limits, global)),
                        requestLimits,
                        headers,
                        cors,
                        injection));
    }
}
