package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.security.CipherSuites;
import io.sallyport.domain.security.SubjectAltName;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import io.sallyport.domain.security.TlsVersions;
import io.sallyport.domain.security.TlsVersions.Version;
import io.sallyport.rest.json.Violations.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a gateway speaks TLS to a destination, in JSON. */
final class TlsOriginationJson {
    private static final SequencedMap<String, Mode> MODES = modes();
    private static final SequencedMap<String, Version> VERSIONS = Choices.of(Version.values(), Version::number);
    private static final SequencedMap<String, String> SUITES =
            Choices.of(CipherSuites.all().toArray(String[]::new), Function.identity());
    private static final Pattern PROTOCOL = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int MOST_NAMES = 32;
    private static final int MOST_PROTOCOLS = 8;
    private static final String[] FIELDS = {
        "mode",
        "sni",
        "subjectAltNames",
        "caRef",
        "system",
        "clientCredentialRef",
        "minVersion",
        "maxVersion",
        "cipherSuites",
        "alpn",
        "insecureSkipVerify"
    };

    private TlsOriginationJson() {}

    /** References without a namespace are to the policy's own. */
    static Optional<TlsOrigination> read(Place place, Name own) {
        Fields fields = place.fields(FIELDS);
        Optional<Mode> mode = fields.optional("mode", item -> item.oneOf(MODES));
        Optional<String> sni = fields.optional("sni", item -> item.parsed(SubjectAltName::name));
        List<String> names = fields.list("subjectAltNames", TlsOriginationJson::readName);
        Optional<ResourceName> caBundle = fields.optional("caRef", item -> ReferenceJson.read(item, own));
        Optional<ResourceName> client = fields.optional("clientCredentialRef", item -> ReferenceJson.read(item, own));
        Optional<TlsVersions> versions = readVersions(fields);
        List<String> suites = fields.list("cipherSuites", item -> item.oneOf(SUITES));
        List<String> alpn = fields.list("alpn", TlsOriginationJson::readProtocol);
        Optional<Unverified> unverified = fields.optional("insecureSkipVerify", TlsOriginationJson::readUnverified);
        bounds(fields, "subjectAltNames", names, MOST_NAMES);
        bounds(fields, "cipherSuites", suites, SUITES.size());
        bounds(fields, "alpn", alpn, MOST_PROTOCOLS);
        TlsContradictions.report(fields, mode, versions);
        return fields.build(() -> new TlsOrigination(
                mode.orElse(Mode.AS_PORT),
                sni.stream().toList(),
                names,
                caBundle.stream().toList(),
                client.stream().toList(),
                versions.orElseThrow(),
                suites,
                alpn,
                unverified.stream().toList()));
    }

    private static void bounds(Fields fields, String name, List<String> entries, int most) {
        fields.refuseEmpty(name);
        fields.refuseRepeats(name, entries, Function.identity());
        if (entries.size() > most) {
            fields.place()
                    .child(name)
                    .report(Reason.OUT_OF_RANGE, "At most %d entries, found %d.".formatted(most, entries.size()));
        }
    }

    private static Optional<TlsVersions> readVersions(Fields fields) {
        Optional<Version> oldest =
                fields.defaulted("minVersion", TlsVersions.DEFAULT.oldest(), item -> item.oneOf(VERSIONS));
        Optional<Version> newest =
                fields.defaulted("maxVersion", TlsVersions.DEFAULT.newest(), item -> item.oneOf(VERSIONS));
        if (oldest.isEmpty() || newest.isEmpty()) {
            return Optional.empty();
        }
        if (oldest.get().compareTo(newest.get()) > 0) {
            fields.place().child("maxVersion").report(Reason.CONTRADICTION, "'maxVersion' is older than 'minVersion'.");
            return Optional.empty();
        }
        return Optional.of(new TlsVersions(oldest.get(), newest.get()));
    }

    private static Optional<String> readName(Place place) {
        return place.parsed(text -> SubjectAltName.parse(text).text());
    }

    private static Optional<String> readProtocol(Place place) {
        Optional<String> text = place.text();
        if (text.isPresent() && !PROTOCOL.matcher(text.get()).matches()) {
            place.report(Reason.MALFORMED, "A protocol is 1 to 255 visible characters of ASCII, h2 for example.");
        }
        if (text.isPresent() && text.get().startsWith("h3")) {
            place.report(Reason.CONTRADICTION, "HTTP/3 is spoken over QUIC, which is not carried: use h2 or http/1.1.");
        }
        return text;
    }

    private static Optional<Unverified> readUnverified(Place place) {
        Fields fields = place.fields("until", "reason");
        var until = fields.required("until", item -> item.parsed(ValidityJson::time));
        Optional<String> reason = fields.required("reason", item -> item.text(1024));
        if (reason.isPresent() && reason.get().isBlank()) {
            place.child("reason").report(Reason.MISSING_FIELD, "Say why: whoever reads the history wants to know.");
        }
        return fields.build(() -> new Unverified(until.orElseThrow(), reason.orElseThrow(), false));
    }

    static ObjectNode write(TlsOrigination tls) {
        ObjectNode result = Tree.object();
        MODES.forEach((name, mode) -> {
            if (mode == tls.mode()) {
                result.put("mode", name);
            }
        });
        tls.serverName().forEach(name -> result.put("sni", name));
        Tree.texts(result, "subjectAltNames", tls.subjectAltNames());
        tls.caBundle().forEach(name -> result.set("caRef", ReferenceJson.write(name)));
        tls.clientCertificate().forEach(name -> result.set("clientCredentialRef", ReferenceJson.write(name)));
        if (!tls.versions().equals(TlsVersions.DEFAULT)) {
            result.put("minVersion", tls.versions().oldest().number())
                    .put("maxVersion", tls.versions().newest().number());
        }
        Tree.texts(result, "cipherSuites", tls.cipherSuites());
        Tree.texts(result, "alpn", tls.alpn());
        tls.unverified()
                .forEach(exception -> result.putObject("insecureSkipVerify")
                        .put("until", exception.until().toString())
                        .put("reason", exception.reason()));
        // What is written can be sent back, and asks for something.
        return result.isEmpty() ? result.put("system", true) : result;
    }

    // What is left out has no name.
    private static SequencedMap<String, Mode> modes() {
        SequencedMap<String, Mode> modes = new LinkedHashMap<>();
        Stream.of(Mode.DISABLE, Mode.SIMPLE, Mode.MUTUAL).forEach(mode -> modes.put(Choices.capitalized(mode), mode));
        return modes;
    }
}
