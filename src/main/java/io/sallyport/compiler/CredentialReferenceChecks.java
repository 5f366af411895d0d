package io.sallyport.compiler;

import io.sallyport.domain.Credential;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.ListenerTls;
import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.TlsOrigination;
import java.util.List;

/** Who refers to a credential finds it in his own namespace, and of the type that is needed there. */
final class CredentialReferenceChecks {
    private final Checked checked;
    private final Report report;

    CredentialReferenceChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        boolean anyTouched = checked.touched().stream().anyMatch(key -> switch (key.kind()) {
            case CREDENTIAL, EGRESS_GATEWAY, SECURITY_POLICY -> true;
            case NAMESPACE,
                    DESTINATION,
                    WORKLOAD,
                    EGRESS_RULE,
                    TRAFFIC_ROUTE,
                    ROLE_BINDING,
                    GUARDRAIL,
                    APPROVAL_POLICY -> false;
        });
        if (anyTouched) {
            checked.state().gateways().forEach(this::gateway);
            checked.state().securityPolicies().forEach(this::policy);
        }
    }

    private void gateway(Resource<EgressGateway> gateway) {
        List<Listener> listeners = gateway.spec().listeners();
        for (int index = 0; index < listeners.size(); index++) {
            for (ListenerTls tls : listeners.get(index).tls()) {
                String pointer = "/spec/listeners/%d/tls".formatted(index);
                credential(gateway, pointer + "/credentialRef", tls.credential(), Credential.Type.CERTIFICATE);
                tls.clientCa()
                        .forEach(
                                name -> credential(gateway, pointer + "/clientCaRef", name, Credential.Type.CA_BUNDLE));
            }
        }
        gateway.spec().conduct().upstreamProxy().stream()
                .map(UpstreamProxy::credential)
                .flatMap(List::stream)
                .forEach(name -> credential(gateway, "/spec/upstreamProxy/credentialRef", name, Credential.Type.TOKEN));
    }

    private void policy(Resource<SecurityPolicy> policy) {
        for (TlsOrigination tls : policy.spec().tls()) {
            tls.caBundle().forEach(name -> credential(policy, "/spec/tls/caRef", name, Credential.Type.CA_BUNDLE));
            tls.clientCertificate()
                    .forEach(name ->
                            credential(policy, "/spec/tls/clientCredentialRef", name, Credential.Type.CERTIFICATE));
        }
        List<JwtProvider> jwt = policy.spec().jwt();
        for (int index = 0; index < jwt.size(); index++) {
            String pointer = "/spec/authentication/jwt/%d/jwksCaRef".formatted(index);
            jwt.get(index).remote().stream()
                    .flatMap(keys -> keys.caBundle().stream())
                    .forEach(name -> credential(policy, pointer, name, Credential.Type.CA_BUNDLE));
        }
        policy.spec()
                .traffic()
                .credentialInjection()
                .forEach(one -> credential(
                        policy, "/spec/credentialInjection/credentialRef", one.credential(), Credential.Type.TOKEN));
    }

    private void credential(Resource<?> referrer, String pointer, ResourceName name, Credential.Type needed) {
        ResourceKey key = new ResourceKey(Kind.CREDENTIAL, name);
        if (!checked.isTouched(referrer) && !checked.touched().contains(key)) {
            return;
        }
        if (!name.namespace().equals(referrer.namespace())) {
            report.error(
                    referrer,
                    pointer,
                    "ForeignCredential",
                    "%s is of another namespace, and credentials are used from their own alone: make one in namespace %s"
                            .formatted(key, referrer.namespace()));
            return;
        }
        checked.state()
                .credential(name)
                .ifPresentOrElse(
                        found -> type(referrer, pointer, found, needed),
                        () -> report.dangling(referrer, checked.isTouched(referrer), pointer, key));
    }

    private void type(Resource<?> referrer, String pointer, Resource<Credential> credential, Credential.Type needed) {
        if (credential.spec().type() == needed) {
            term(referrer, pointer, credential);
        } else {
            report.error(
                    referrer,
                    pointer,
                    "WrongType",
                    "%s is of type %s, and one of type %s is needed here"
                            .formatted(credential.key(), named(credential.spec().type()), named(needed)));
        }
    }

    private void term(Resource<?> referrer, String pointer, Resource<Credential> credential) {
        if (checked.isTouched(referrer)) {
            new CredentialChecks(checked, report).term(referrer, pointer, credential);
        }
    }

    private static String named(Credential.Type type) {
        return switch (type) {
            case CERTIFICATE -> "Certificate";
            case CA_BUNDLE -> "CaBundle";
            case TOKEN -> "Token";
            case OPAQUE -> "Opaque";
        };
    }
}
