package io.sallyport.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Takes a body apart into documents, within bounds that keep a hostile one cheap. */
public final class Documents {
    public static final int LARGEST_BODY = 1024 * 1024;
    public static final int MOST_DOCUMENTS = 1000;

    private Documents() {}

    /** The one document of a body. */
    public static JsonNode one(byte[] body, Format format) {
        List<JsonNode> documents = parse(body, format);
        if (documents.size() != 1) {
            throw new MalformedDocumentException(
                    "Expected one document, found %d; send many to /api/v1/apply.".formatted(documents.size()));
        }
        return documents.getFirst();
    }

    /** Every document of a body: those of a YAML stream, the items of a JSON array, and the items of a List. */
    public static List<JsonNode> many(byte[] body, Format format) {
        List<JsonNode> documents =
                parse(body, format).stream().flatMap(Documents::unfolded).toList();
        if (documents.isEmpty()) {
            throw new MalformedDocumentException("Expected at least one document, found none.");
        }
        if (documents.size() > MOST_DOCUMENTS) {
            throw new MalformedDocumentException("At most %d documents are taken at once, found %d; send them in parts."
                    .formatted(MOST_DOCUMENTS, documents.size()));
        }
        return documents;
    }

    private static Stream<JsonNode> unfolded(JsonNode document) {
        boolean isList = "List".equals(document.path("kind").textValue())
                && document.path("items").isArray();
        JsonNode items = isList ? document.path("items") : document;
        return items.isArray() ? StreamSupport.stream(items.spliterator(), false) : Stream.of(document);
    }

    private static List<JsonNode> parse(byte[] body, Format format) {
        try (JsonParser plain = format.mapper().createParser(decoded(body));
                JsonParser parser = new AliasRefusingParser(plain);
                MappingIterator<JsonNode> all =
                        format.mapper().readerFor(JsonNode.class).readValues(parser)) {
            return all.readAll().stream().filter(document -> !isEmpty(document)).toList();
        } catch (JsonProcessingException malformed) {
            throw MalformedDocumentException.of(malformed, format);
        } catch (CharacterCodingException malformed) {
            throw new MalformedDocumentException("The body is not UTF-8.");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // Between two separators, or after the last, there may be nothing, which YAML reads as an empty text.
    private static boolean isEmpty(JsonNode document) {
        return document.isNull()
                || document.isMissingNode()
                || (document.isTextual() && document.textValue().isEmpty());
    }

    private static String decoded(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }
}
