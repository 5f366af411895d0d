package io.sallyport.rest.json;

import io.sallyport.domain.decision.Approach.Inside;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.usecase.Inquiry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is asked for in a request that is to be explained, in JSON. */
final class InquiryRequestJson {
    private static final int LONGEST_HOST = 1024;
    private static final int LONGEST_PATH = 8192;
    private static final int LONGEST_METHOD = 64;
    private static final SequencedMap<String, Carried> CARRIED = Choices.of(Carried.values(), Choices::capitalized);

    private InquiryRequestJson() {}

    /** What a tunnel carries. */
    private enum Carried {
        TLS,
        OTHER
    }

    /** Of the fields of the whole inquiry. */
    static Optional<Inquiry.Request> read(Fields fields) {
        Optional<String> host = fields.optional("host", InquiryRequestJson::readHost);
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        Optional<Inquiry.Http> http = fields.optional("http", InquiryRequestJson::readHttp);
        Optional<Inside> tunnel = fields.optional("tunnel", InquiryRequestJson::readTunnel);
        if (fields.isThere("http")) {
            fields.refused("tunnel", "A request is either made over HTTP or asks for a tunnel; leave one of them out.");
        }
        return fields.build(() -> new Inquiry.Request(
                host.orElse(""),
                port.stream().toList(),
                http.stream().toList(),
                tunnel.stream().toList()));
    }

    private static Optional<String> readHost(Place place) {
        return place.text(LONGEST_HOST);
    }

    private static Optional<Inquiry.Http> readHttp(Place place) {
        Fields fields = place.fields("method", "path", "headers", "serverName");
        Optional<String> method = fields.optional("method", item -> item.text(LONGEST_METHOD));
        Optional<String> path = fields.optional("path", item -> item.text(LONGEST_PATH));
        Optional<String> serverName = fields.optional("serverName", InquiryRequestJson::readHost);
        SortedMap<String, String> headers = new TreeMap<>();
        fields.optional("headers", item -> Optional.of(item.strings((name, value) -> value.text())))
                .ifPresent(written -> written.forEach((name, value) ->
                        headers.merge(name.toLowerCase(Locale.ROOT), value, (one, other) -> one + "," + other)));
        return fields.build(() -> new Inquiry.Http(
                method.orElse("GET"), path.orElse("/"), serverName.stream().toList(), headers));
    }

    private static Optional<Inside> readTunnel(Place place) {
        Fields fields = place.fields("carries", "serverName");
        Optional<Carried> carried = fields.required("carries", item -> item.oneOf(CARRIED));
        List<String> serverName = fields.optional("serverName", InquiryRequestJson::readHost).stream()
                .toList();
        if (carried.equals(Optional.of(Carried.OTHER))) {
            fields.refused("serverName", "Only TLS says a server name.");
        }
        return fields.build(() -> switch (carried.orElseThrow()) {
            case TLS -> new Inside.Tls(serverName);
            case OTHER -> new Inside.Other();
        });
    }
}
