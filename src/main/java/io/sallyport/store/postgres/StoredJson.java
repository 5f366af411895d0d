package io.sallyport.store.postgres;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Workload;
import java.util.SortedMap;

/**
 * The form in which specs are stored: the records of the domain, part by part. It has nothing to do with the documents of
 * the API, so that those can change without a migration, and the same value always gives the same text.
 */
final class StoredJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new StoredForms())
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private StoredJson() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("what is stored cannot be read as " + type.getSimpleName(), damaged);
        }
    }

    static SortedMap<String, String> readLabels(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<SortedMap<String, String>>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("what is stored cannot be read as labels", damaged);
        }
    }

    static Resource<Spec> readResource(Metadata metadata, String spec) {
        return new Resource<>(metadata, read(spec, specOf(metadata.key().kind())));
    }

    private static Class<? extends Spec> specOf(Kind kind) {
        return switch (kind) {
            case NAMESPACE -> Namespace.class;
            case EGRESS_GATEWAY -> EgressGateway.class;
            case DESTINATION -> Destination.class;
            case WORKLOAD -> Workload.class;
            case EGRESS_RULE -> EgressRule.class;
        };
    }
}
