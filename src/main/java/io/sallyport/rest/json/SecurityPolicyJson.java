package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.rest.json.Violations.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The spec of a security policy in JSON. */
final class SecurityPolicyJson {
    private SecurityPolicyJson() {}

    /** References without a namespace are to the policy's own. */
    static Optional<SecurityPolicy> read(Place spec, Name own) {
        Fields fields = spec.fields("targetRefs", "authentication", "tls");
        List<PolicyTarget> targets = fields.requiredList("targetRefs", PolicyTargetJson::read);
        Optional<List<JwtProvider>> jwt = fields.optional("authentication", SecurityPolicyJson::readAuthentication);
        Optional<ResourceName> caBundle = fields.optional("tls", item -> readTls(item, own));
        fields.refuseRepeats("targetRefs", targets, Function.identity());
        if (!fields.isThere("tls")) {
            fields.needed("authentication", "A policy asks for 'authentication', or 'tls', or both.");
        }
        contradictions(fields, targets);
        return fields.build(() -> new SecurityPolicy(
                targets, jwt.orElse(List.of()), caBundle.stream().toList()));
    }

    // What a policy asks must be something that one of its targets can do, and each target must be asked something.
    private static void contradictions(Fields fields, List<PolicyTarget> targets) {
        for (int index = 0; index < targets.size(); index++) {
            boolean isGateway = targets.get(index).kind() == PolicyTarget.Kind.EGRESS_GATEWAY;
            if (!fields.isThere(isGateway ? "authentication" : "tls")) {
                fields.place()
                        .child("targetRefs")
                        .child(Integer.toString(index))
                        .report(
                                Reason.CONTRADICTION,
                                isGateway
                                        ? "On a gateway a policy asks for 'authentication', which this one does not."
                                        : "On a destination a policy asks for 'tls', which this one does not.");
            }
        }
        if (!targets.isEmpty() && targets.stream().noneMatch(one -> one.kind() == PolicyTarget.Kind.EGRESS_GATEWAY)) {
            fields.refused("authentication", "Sources are authenticated by gateways: name one in targetRefs.");
        }
        if (!targets.isEmpty() && targets.stream().noneMatch(one -> one.kind() == PolicyTarget.Kind.DESTINATION)) {
            fields.refused("tls", "This TLS is the one to a destination: name one in targetRefs.");
        }
    }

    private static Optional<List<JwtProvider>> readAuthentication(Place place) {
        Fields fields = place.fields("jwt");
        List<JwtProvider> jwt = fields.requiredList("jwt", JwtProviderJson::read);
        fields.refuseRepeats("jwt", jwt, JwtProvider::issuer);
        return fields.build(() -> jwt);
    }

    private static Optional<ResourceName> readTls(Place place, Name own) {
        Fields fields = place.fields("caRef");
        Optional<ResourceName> caBundle = fields.required("caRef", item -> ReferenceJson.read(item, own));
        return fields.build(caBundle::orElseThrow);
    }

    static ObjectNode write(SecurityPolicy policy) {
        ObjectNode spec = Tree.object();
        Tree.list(spec, "targetRefs", policy.targets(), PolicyTargetJson::write);
        if (!policy.jwt().isEmpty()) {
            Tree.list(spec.putObject("authentication"), "jwt", policy.jwt(), JwtProviderJson::write);
        }
        policy.caBundle().forEach(name -> spec.putObject("tls").set("caRef", ReferenceJson.write(name)));
        return spec;
    }
}
