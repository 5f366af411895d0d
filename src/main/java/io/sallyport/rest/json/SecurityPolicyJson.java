package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TrafficPolicy;
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
        Optional<Authentication> authentication = fields.optional("authentication", AuthenticationJson::read);
        Optional<TlsOrigination> tls = fields.optional("tls", item -> TlsOriginationJson.read(item, own));
        fields.refuseRepeats("targetRefs", targets, Function.identity());
        if (!fields.isThere("tls")) {
            fields.needed("authentication", "A policy asks for 'authentication', or 'tls', or both.");
        }
        contradictions(fields, targets);
        return fields.build(() -> new SecurityPolicy(
                targets,
                tls.stream().toList(),
                TrafficPolicy.authenticating(authentication.stream().toList())));
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

    static ObjectNode write(SecurityPolicy policy) {
        ObjectNode spec = Tree.object();
        Tree.list(spec, "targetRefs", policy.targets(), PolicyTargetJson::write);
        policy.traffic().authentication().forEach(one -> spec.set("authentication", AuthenticationJson.write(one)));
        policy.tls().forEach(one -> spec.set("tls", TlsOriginationJson.write(one)));
        return spec;
    }
}
