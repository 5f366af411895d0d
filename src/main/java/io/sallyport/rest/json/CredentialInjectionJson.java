package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.security.CredentialInjection;
import java.util.Optional;
import java.util.regex.Pattern;

/** A credential that gateways add to requests, in JSON. */
final class CredentialInjectionJson {
    private static final String USUAL_HEADER = "authorization";
    private static final String USUAL_PREFIX = "Bearer ";
    private static final Pattern PREFIX = Pattern.compile("[\\x20-\\x7e]{0,256}");

    private CredentialInjectionJson() {}

    /** References without a namespace are to the policy's own. */
    static Optional<CredentialInjection> read(Place place, Name own) {
        Fields fields = place.fields("credentialRef", "header", "prefix", "overwrite");
        Optional<ResourceName> credential = fields.required("credentialRef", item -> ReferenceJson.read(item, own));
        Optional<String> header = fields.defaulted("header", USUAL_HEADER, HeaderJson::changeableName);
        Optional<String> prefix =
                fields.defaulted("prefix", usualPrefix(header), item -> item.parsed(CredentialInjectionJson::prefix));
        Optional<Boolean> overwrite = fields.defaulted("overwrite", true, Place::truth);
        return fields.build(() -> new CredentialInjection(
                credential.orElseThrow(), header.orElseThrow(), prefix.orElseThrow(), overwrite.orElseThrow()));
    }

    private static String usualPrefix(Optional<String> header) {
        return header.filter(USUAL_HEADER::equals).isPresent() ? USUAL_PREFIX : "";
    }

    private static String prefix(String text) {
        if (!PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException("a prefix has at most 256 printable ASCII characters");
        }
        return text;
    }

    static ObjectNode write(CredentialInjection injection) {
        ObjectNode result = Tree.object();
        result.set("credentialRef", ReferenceJson.write(injection.credential()));
        return result.put("header", injection.header())
                .put("prefix", injection.prefix())
                .put("overwrite", injection.overwrite());
    }
}
