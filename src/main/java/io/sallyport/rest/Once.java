package io.sallyport.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.Tree;
import io.sallyport.usecase.AnswerOnce;
import io.sallyport.usecase.AnswerOnce.Given;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Does a write once for each Idempotency-Key; without one, as often as it is asked for. */
@RequestScoped
public class Once {
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEYS = Pattern.compile("[!-~]{1,255}");
    private static final List<String> TELLING = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            Exchange.MESSAGE,
            Exchange.EMERGENCY_REASON);
    private static final List<String> KEPT =
            List.of(HttpHeaders.ETAG, ResourceExchange.REVISION, ResourceExchange.CONFIRM_BY, HttpHeaders.LOCATION);

    private final Exchange exchange;
    private final HttpHeaders headers;
    private final Request request;
    private final UriInfo uri;
    private final AnswerOnce answerOnce;

    @Inject
    Once(Exchange exchange, HttpHeaders headers, Request request, UriInfo uri, AnswerOnce answerOnce) {
        this.exchange = exchange;
        this.headers = headers;
        this.request = request;
        this.uri = uri;
        this.answerOnce = answerOnce;
    }

    /** The work answers with a JSON tree, or with nothing; what it throws is not kept. */
    Response answer(byte[] body, Supplier<Response> work) {
        String key = headers.getHeaderString(KEY);
        if (key == null || exchange.isDryRun()) {
            return work.get();
        }
        if (!KEYS.matcher(key).matches()) {
            throw Exchange.malformed("%s has 1 to 255 characters of printable ASCII, without spaces.".formatted(KEY));
        }
        AnswerOnce.Outcome outcome = answerOnce.answer(exchange.caller(), key, told(body), () -> kept(work.get()));
        Response.ResponseBuilder response = response(outcome.answer());
        return (outcome.isRepeated() ? response.header(REPLAYED, "true") : response).build();
    }

    private String told(byte[] body) {
        StringBuilder told = new StringBuilder(request.getMethod())
                .append('\n')
                .append(uri.getRequestUri().getRawPath())
                .append('\n')
                .append(uri.getRequestUri().getRawQuery());
        TELLING.forEach(name -> told.append('\n').append(headers.getHeaderString(name)));
        return told.append('\n')
                .append(Base64.getEncoder().encodeToString(body))
                .toString();
    }

    private static Given kept(Response response) {
        ObjectNode kept = Tree.object();
        KEPT.stream()
                .filter(name -> response.getHeaderString(name) != null)
                .forEach(name -> kept.put(name, response.getHeaderString(name)));
        String body = response.getEntity() == null ? "" : Objects.toString(response.getEntity());
        return new Given(response.getStatus(), kept.toString(), body);
    }

    private static Response.ResponseBuilder response(Given answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        tree(answer.headers())
                .properties()
                .forEach(header ->
                        response.header(header.getKey(), header.getValue().asText()));
        return answer.body().isEmpty() ? response : response.entity(tree(answer.body()));
    }

    private static JsonNode tree(String json) {
        try {
            return Format.JSON.mapper().readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
