package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.decision.Addresses;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.security.TlsOrigination;

/** Where a request leads, in JSON. */
final class PlaceSeenJson {
    private PlaceSeenJson() {}

    static ObjectNode write(Verdict.Place place) {
        ObjectNode result = ReferenceJson.write(place.destination());
        result.put("host", place.host().value());
        place.onward().forEach(onward -> write(result, onward));
        return result;
    }

    private static void write(ObjectNode result, Verdict.Onward onward) {
        result.put("port", onward.port().value())
                .put("protocol", onward.protocol().name())
                .put("upstream", onward.upstream());
        result.set("tls", write(onward.tls()));
        Addresses addresses = onward.addresses();
        if (addresses.isKnown()) {
            result.set(
                    "addresses",
                    Tree.array(addresses.judged().stream()
                            .map(PlaceSeenJson::write)
                            .toList()));
            result.put("refusedInPart", addresses.areRefusedInPart());
        }
    }

    private static ObjectNode write(Addresses.Judged judged) {
        return Tree.object()
                .put("address", judged.address().toString())
                .put("judgement", Choices.capitalized(judged.judgement()));
    }

    private static ObjectNode write(Verdict.Tls.Originated originated) {
        TlsOrigination settings = originated.settings();
        ObjectNode result = Tree.object()
                .put("mode", "Originated")
                .put("serverName", originated.serverName())
                .put("verified", originated.isVerified());
        if (originated.isVerified()) {
            Tree.texts(result, "subjectAltNames", originated.expected());
            result.put("trusts", "system");
            settings.caBundle().forEach(name -> result.set("trusts", ReferenceJson.write(name)));
        }
        settings.clientCertificate().forEach(name -> result.set("clientCredential", ReferenceJson.write(name)));
        result.put("minVersion", settings.versions().oldest().number())
                .put("maxVersion", settings.versions().newest().number());
        Tree.texts(result, "cipherSuites", settings.cipherSuites());
        Tree.texts(result, "alpn", settings.alpn());
        settings.unverified()
                .forEach(one -> result.put("unverifiedUntil", one.until().toString()));
        return result;
    }

    private static ObjectNode write(Verdict.Tls tls) {
        return switch (tls) {
            case Verdict.Tls.None none -> Tree.object().put("mode", "None");
            case Verdict.Tls.Originated originated -> write(originated);
            case Verdict.Tls.PassedThrough passed ->
                Tree.object().put("mode", "PassedThrough").put("serverName", passed.serverName());
        };
    }
}
