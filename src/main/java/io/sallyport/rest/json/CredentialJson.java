package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Credential;
import io.sallyport.domain.SecretText;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** The spec of a credential in JSON; its data is read and never written. */
final class CredentialJson {
    private static final SequencedMap<String, Credential.Type> TYPES =
            Choices.of(Credential.Type.values(), Choices::capitalized);

    private CredentialJson() {}

    /** Without data, what is stored of it is meant to stay. */
    static Optional<Credential> read(Place spec) {
        Fields fields = spec.fields("type", "data");
        Optional<Credential.Type> type = fields.required("type", item -> item.oneOf(TYPES));
        Optional<SortedMap<String, SecretText>> data =
                fields.optional("data", item -> type.flatMap(known -> CredentialData.read(item.secret(), known)));
        return fields.build(() ->
                new Credential(type.orElseThrow(), fields.isThere("data") ? data.orElseThrow() : new TreeMap<>()));
    }

    static ObjectNode write(Credential credential) {
        return Tree.object().put("type", Choices.capitalized(credential.type()));
    }
}
