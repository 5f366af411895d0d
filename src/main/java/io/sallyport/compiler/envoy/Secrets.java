package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.sallyport.domain.Credential;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecretText;
import io.sallyport.domain.snapshot.Secret;

/** Credentials as Envoy's secrets, each named after its credential and delivered by itself. */
final class Secrets {
    private static final SecretText ABSENT = new SecretText("");

    private Secrets() {}

    /** To a credential, by whoever needs it. */
    static SdsSecretConfig reference(ResourceName credential) {
        return SdsSecretConfig.newBuilder()
                .setName(credential.toString())
                .setSdsConfig(Discovery.ofSecrets())
                .build();
    }

    static io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret of(Secret secret) {
        var message = io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret.newBuilder()
                .setName(secret.name().toString());
        Credential credential = secret.credential();
        return switch (credential.type()) {
            case CERTIFICATE ->
                message.setTlsCertificate(certificate(credential)).build();
            case CA_BUNDLE ->
                message.setValidationContext(authorities(credential)).build();
            case TOKEN -> message.setGenericSecret(token(credential)).build();
            // Nothing of ours knows what is in it.
            case OPAQUE ->
                message.setGenericSecret(GenericSecret.getDefaultInstance()).build();
        };
    }

    private static TlsCertificate certificate(Credential credential) {
        return TlsCertificate.newBuilder()
                .setCertificateChain(text(credential, Credential.CERTIFICATE))
                .setPrivateKey(text(credential, Credential.PRIVATE_KEY))
                .build();
    }

    private static CertificateValidationContext authorities(Credential credential) {
        return CertificateValidationContext.newBuilder()
                .setTrustedCa(text(credential, Credential.CA_BUNDLE))
                .build();
    }

    private static GenericSecret token(Credential credential) {
        return GenericSecret.newBuilder()
                .setSecret(text(credential, Credential.TOKEN))
                .build();
    }

    private static DataSource text(Credential credential, String part) {
        return DataSource.newBuilder()
                .setInlineString(credential.data().getOrDefault(part, ABSENT).reveal())
                .build();
    }
}
