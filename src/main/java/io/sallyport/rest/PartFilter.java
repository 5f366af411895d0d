package io.sallyport.rest;

import io.sallyport.rest.json.Format;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Says of an answer with some fields that it is a part, by its media type. It does so too where the caller named JSON or
 * YAML alone, as RFC 9110, section 12.5.1, leaves to the server: a part is written in that, and can be read so.
 */
@Provider
public class PartFilter implements ContainerResponseFilter {
    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.valueOf(Format.JSON_TYPE),
                    MediaType.valueOf(Format.PART_JSON_TYPE),
                    MediaType.valueOf(Format.YAML_TYPE),
                    MediaType.valueOf(Format.PART_YAML_TYPE))
            .build();

    private final Query query;

    @Inject
    PartFilter(Query query) {
        this.query = query;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (query.wantsPart() && response.getStatus() == Response.Status.OK.getStatusCode()) {
            Variant asked = request.getRequest().selectVariant(VARIANTS);
            boolean isYaml = asked != null && asked.getMediaType().getSubtype().endsWith("yaml");
            response.getHeaders()
                    .putSingle(HttpHeaders.CONTENT_TYPE, isYaml ? Format.PART_YAML_TYPE : Format.PART_JSON_TYPE);
        }
    }
}
