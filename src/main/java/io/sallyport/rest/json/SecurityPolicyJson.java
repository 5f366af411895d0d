package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TrafficPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The spec of a security policy in JSON. */
final class SecurityPolicyJson {
    private SecurityPolicyJson() {}

    /** References without a namespace are to the policy's own. */
    static Optional<SecurityPolicy> read(Place spec, Name own) {
        Fields fields = spec.fields(Stream.concat(Stream.of("targetRefs"), Stream.of(PolicySection.fields()))
                .toArray(String[]::new));
        List<PolicyTarget> targets = fields.requiredList("targetRefs", PolicyTargetJson::read);
        Optional<TlsOrigination> tls = fields.optional("tls", item -> TlsOriginationJson.read(item, own));
        TrafficPolicy traffic = traffic(fields, own);
        fields.refuseRepeats("targetRefs", targets, Function.identity());
        PolicySection.report(fields, targets);
        return fields.build(() -> new SecurityPolicy(targets, tls.stream().toList(), traffic));
    }

    private static TrafficPolicy traffic(Fields fields, Name own) {
        return new TrafficPolicy(
                section(fields, "authentication", item -> AuthenticationJson.read(item, own)),
                fields.optional("authorization", AuthorizationJson::read).orElse(List.of()),
                section(fields, "externalAuthorization", item -> ExternalAuthorizationJson.read(item, own)),
                section(fields, "rateLimit", item -> RateLimitJson.read(item, own)),
                section(fields, "requestLimits", RequestLimitsJson::read),
                section(fields, "headers", HeaderPolicyJson::read),
                section(fields, "cors", CorsJson::read),
                section(fields, "credentialInjection", item -> CredentialInjectionJson.read(item, own)));
    }

    private static <T> List<T> section(Fields fields, String name, Function<Place, Optional<T>> read) {
        return fields.optional(name, read).stream().toList();
    }

    static ObjectNode write(SecurityPolicy policy) {
        ObjectNode spec = Tree.object();
        Tree.list(spec, "targetRefs", policy.targets(), PolicyTargetJson::write);
        TrafficPolicy traffic = policy.traffic();
        traffic.authentication().forEach(one -> spec.set("authentication", AuthenticationJson.write(one)));
        if (!traffic.authorization().isEmpty()) {
            spec.set("authorization", AuthorizationJson.write(traffic.authorization()));
        }
        traffic.externalAuthorization()
                .forEach(one -> spec.set("externalAuthorization", ExternalAuthorizationJson.write(one)));
        traffic.rateLimit().forEach(one -> spec.set("rateLimit", RateLimitJson.write(one)));
        traffic.requestLimits().forEach(one -> spec.set("requestLimits", RequestLimitsJson.write(one)));
        traffic.headers().forEach(one -> spec.set("headers", HeaderPolicyJson.write(one)));
        traffic.cors().forEach(one -> spec.set("cors", CorsJson.write(one)));
        traffic.credentialInjection()
                .forEach(one -> spec.set("credentialInjection", CredentialInjectionJson.write(one)));
        policy.tls().forEach(one -> spec.set("tls", TlsOriginationJson.write(one)));
        return spec;
    }
}
