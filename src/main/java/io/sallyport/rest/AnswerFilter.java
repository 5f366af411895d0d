package io.sallyport.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import io.sallyport.rest.json.Format;
import io.sallyport.usecase.AuditRefusals;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Has refused attempts to write recorded. */
@Singleton
public final class AnswerFilter {
    private static final Logger LOG = Logger.getLogger(AnswerFilter.class);
    private static final Set<Integer> REFUSALS = Set.of(403, 409, 412, 422);
    private static final Set<String> WRITES = Set.of("PUT", "POST", "PATCH", "DELETE");
    // What is asked by a POST and changes nothing.
    private static final Pattern QUESTION = Pattern.compile("/?api/v1/(explain|.*/preview)");
    private static final Pattern RESOURCE = Pattern.compile("/?api/v1/namespaces/([^/]+)(?:/([^/]+)/([^/]+))?");

    private final Exchange exchange;
    private final AuditRefusals refusals;

    @Inject
    AnswerFilter(Exchange exchange, AuditRefusals refusals) {
        this.exchange = exchange;
        this.refusals = refusals;
    }

    @ServerResponseFilter
    void answer(ContainerRequestContext request, ContainerResponseContext response) {
        if (isRefusedWrite(request, response.getStatus())) {
            record(request, response);
        }
    }

    private static boolean isRefusedWrite(ContainerRequestContext request, int status) {
        return REFUSALS.contains(status)
                && WRITES.contains(request.getMethod())
                && !QUESTION.matcher(request.getUriInfo().getPath()).matches()
                && !"true".equals(request.getUriInfo().getQueryParameters().getFirst("dryRun"));
    }

    private void record(ContainerRequestContext request, ContainerResponseContext response) {
        try {
            refusals.record(
                    exchange.caller(),
                    subjects(request.getUriInfo().getPath()),
                    response.getStatus(),
                    reason(response.getEntity()));
        } catch (FailureException nobody) {
            LOG.debug("a refusal of nobody", nobody);
        }
    }

    private List<ResourceKey> subjects(String path) {
        Matcher matcher = RESOURCE.matcher(path);
        return matcher.matches() ? subject(matcher.group(1), matcher.group(2), matcher.group(3)) : exchange.subjects();
    }

    private static List<ResourceKey> subject(String namespace, String segment, String name) {
        if (segment == null) {
            return Name.isValid(namespace) ? List.of(ResourceKey.ofNamespace(new Name(namespace))) : List.of();
        }
        return Name.isValid(namespace) && Name.isValid(name)
                ? Kind.ofPathSegment(segment).stream()
                        .map(kind -> ResourceKey.of(kind, namespace, name))
                        .toList()
                : List.of();
    }

    // What the caller is told, the first violation included.
    private static String reason(Object problem) {
        try {
            JsonNode tree = Format.JSON.mapper().readTree(String.valueOf(problem));
            String detail = tree.path("detail").asText();
            JsonNode first = tree.path("errors").path(0);
            return first.isMissingNode()
                    ? detail
                    : "%s %s at '%s': %s"
                            .formatted(
                                    detail,
                                    first.path("reason").asText(),
                                    first.path("pointer").asText(),
                                    first.path("message").asText());
        } catch (JsonProcessingException unreadable) {
            return "";
        }
    }
}
