package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.ExternalAuthorization.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A service that is asked whether a request may pass, in JSON. */
final class ExternalAuthorizationJson {
    private static final SequencedMap<String, Protocol> PROTOCOLS = Choices.of(Protocol.values(), Protocol::name);
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:@%-]*){1,32}");
    private static final int MOST_BODY = 1 << 20;

    private ExternalAuthorizationJson() {}

    /** References without a namespace are to the policy's own. */
    static Optional<ExternalAuthorization> read(Place place, Name own) {
        Fields fields = place.fields(
                "destinationRef",
                "port",
                "protocol",
                "pathPrefix",
                "timeout",
                "failureMode",
                "requestHeaders",
                "upstreamHeaders",
                "maxBodyBytes");
        Optional<ResourceName> destination = fields.required("destinationRef", item -> ReferenceJson.read(item, own));
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        Optional<Protocol> protocol = fields.required("protocol", item -> item.oneOf(PROTOCOLS));
        Optional<String> path = fields.optional("pathPrefix", item -> item.parsed(ExternalAuthorizationJson::path));
        Optional<Duration> timeout = fields.defaulted("timeout", ServiceJson.USUAL_TIMEOUT, ServiceJson.TIMEOUT);
        Optional<Boolean> failOpen = ServiceJson.readFailOpen(fields);
        List<String> requestHeaders = fields.list("requestHeaders", HeaderJson::name);
        List<String> upstreamHeaders = fields.list("upstreamHeaders", HeaderJson::changeableName);
        Optional<Integer> body = fields.defaulted("maxBodyBytes", 0, item -> item.integer(0, MOST_BODY));
        fields.refuseRepeats("requestHeaders", requestHeaders, Function.identity());
        fields.refuseRepeats("upstreamHeaders", upstreamHeaders, Function.identity());
        if (protocol.filter(Protocol.GRPC::equals).isPresent()) {
            fields.refused("pathPrefix", "A service of GRPC has no path to be asked at.");
        }
        return fields.build(() -> new ExternalAuthorization(
                destination.orElseThrow(),
                port.stream().toList(),
                protocol.orElseThrow(),
                path.orElse(""),
                timeout.orElseThrow(),
                failOpen.orElseThrow(),
                requestHeaders,
                upstreamHeaders,
                body.orElseThrow()));
    }

    private static String path(String text) {
        if (!PATH.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is not the beginning of a path: use /check for example"
                    .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    static ObjectNode write(ExternalAuthorization service) {
        ObjectNode result = Tree.object();
        result.set("destinationRef", ReferenceJson.write(service.destination()));
        service.port().forEach(port -> result.put("port", port.value()));
        result.put("protocol", service.protocol().name());
        if (!service.pathPrefix().isEmpty()) {
            result.put("pathPrefix", service.pathPrefix());
        }
        Tree.texts(result, "requestHeaders", service.requestHeaders());
        Tree.texts(result, "upstreamHeaders", service.upstreamHeaders());
        if (service.maxBodyBytes() > 0) {
            result.put("maxBodyBytes", service.maxBodyBytes());
        }
        return ServiceJson.write(result, service.timeout(), service.failOpen());
    }
}
