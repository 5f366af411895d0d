package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.json.Format;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Answers in YAML to those who accept that. */
@Provider
@Produces({Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE, Format.PART_YAML_TYPE})
public class YamlWriter implements MessageBodyWriter<JsonNode> {
    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return JsonNode.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            JsonNode tree,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream output)
            throws IOException {
        output.write(Format.YAML.mapper().writeValueAsBytes(tree));
    }
}
