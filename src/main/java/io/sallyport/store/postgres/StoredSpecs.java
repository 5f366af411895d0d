package io.sallyport.store.postgres;

import io.sallyport.domain.Credential;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.SecretText;
import io.sallyport.domain.Spec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.SortedMap;
import java.util.TreeMap;

/** Specs as they are stored: in the form of {@link StoredJson}, the data of credentials sealed. */
@Singleton
final class StoredSpecs {
    private final Seal seal;

    @Inject
    StoredSpecs(EncryptionSettings settings) {
        this(new Seal(settings.key().orElse("")));
    }

    StoredSpecs(Seal seal) {
        this.seal = seal;
    }

    /** Throws {@code Unequipped} where a credential is to be written and there is no key. */
    String write(Resource<?> resource) {
        return resource.spec() instanceof Credential credential
                ? StoredJson.write(sealed(resource.key(), credential))
                : StoredJson.write(resource.spec());
    }

    Resource<Spec> read(Metadata metadata, String spec) {
        return switch (metadata.key().kind()) {
            case CREDENTIAL ->
                new Resource<>(metadata, opened(metadata.key(), StoredJson.read(spec, StoredCredential.class)));
            case NAMESPACE,
                    EGRESS_GATEWAY,
                    DESTINATION,
                    WORKLOAD,
                    EGRESS_RULE,
                    TRAFFIC_ROUTE,
                    SECURITY_POLICY,
                    ROLE_BINDING,
                    GUARDRAIL,
                    APPROVAL_POLICY -> StoredJson.readResource(metadata, spec);
        };
    }

    private StoredCredential sealed(ResourceKey key, Credential credential) {
        if (!seal.hasKey()) {
            throw new FailureException(new Failure.Unequipped(
                    "Credentials are stored encrypted, and there is no key to do it with: %s, and start again."
                            .formatted(Seal.howToSetKey())));
        }
        SortedMap<String, String> texts = new TreeMap<>();
        credential.data().forEach((part, text) -> texts.put(part, text.reveal()));
        return new StoredCredential(credential.type(), seal.sealed(key, StoredJson.write(texts)));
    }

    private Credential opened(ResourceKey key, StoredCredential stored) {
        SortedMap<String, SecretText> data = new TreeMap<>();
        StoredJson.readLabels(seal.opened(key, stored.data()))
                .forEach((part, text) -> data.put(part, new SecretText(text)));
        return new Credential(stored.type(), data);
    }

    /** A credential whose data nobody reads without the key. */
    record StoredCredential(Credential.Type type, Seal.Sealed data) {}
}
