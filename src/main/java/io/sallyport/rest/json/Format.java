package io.sallyport.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.util.Locale;
import org.yaml.snakeyaml.LoaderOptions;

/** How a document is written down. A mapper is never configured after it is made, so it may be shared. */
@SuppressWarnings("ImmutableEnumChecker")
public enum Format {
    JSON(JsonFactory.builder()
            .streamReadConstraints(Format.constraints())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()),
    YAML(YAMLFactory.builder()
            .loaderOptions(Format.loaderOptions())
            .streamReadConstraints(Format.constraints())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Off is a word of ours, and true and false are the only booleans (YAML 1.2, section 10.3.2).
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    public static final String JSON_TYPE = "application/json";
    public static final String YAML_TYPE = "application/yaml";

    /** Some fields of a resource, or of each of a list: whoever checks a whole by its schema is not to be given these. */
    public static final String PART_JSON_TYPE = "application/vnd.sallyport.part+json";

    public static final String PART_YAML_TYPE = "application/vnd.sallyport.part+yaml";
    public static final String YAML_TEXT_TYPE = "text/yaml";
    public static final String YAML_OLD_TYPE = "application/x-yaml";

    static final int DEEPEST = 32;
    static final int LONGEST_NUMBER = 100;

    private final ObjectMapper mapper;

    Format(JsonFactory factory) {
        this.mapper = new ObjectMapper(factory);
    }

    /** By the subtype of a media type; anything that is not YAML is JSON. */
    public static Format ofSubtype(String subtype) {
        return subtype.toLowerCase(Locale.ROOT).endsWith("yaml") ? YAML : JSON;
    }

    public ObjectMapper mapper() {
        return mapper;
    }

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNumberLength(LONGEST_NUMBER)
                .build();
    }

    private static LoaderOptions loaderOptions() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(Documents.LARGEST_BODY);
        return options;
    }
}
