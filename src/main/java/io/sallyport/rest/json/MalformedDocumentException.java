package io.sallyport.rest.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** A body that cannot be read at all, so there is nothing in it to point at but a line. */
public final class MalformedDocumentException extends RuntimeException {
    MalformedDocumentException(String detail) {
        super(detail);
    }

    static MalformedDocumentException of(JsonProcessingException malformed, Format format) {
        return new MalformedDocumentException("The body is not well-formed %s%s: %s"
                .formatted(format, at(malformed), Suggestion.sentence(firstLine(malformed.getOriginalMessage()))));
    }

    private static String at(JsonProcessingException malformed) {
        JsonLocation location = malformed.getLocation();
        return location == null ? "" : ", line %d column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String firstLine(String message) {
        // What stands in the wrong place may be a secret.
        String line = message.lines().findFirst().orElse("it cannot be read");
        return Suggestion.shortened(line.replaceFirst("Unrecognized token '.*'", "Unrecognized token"), 240);
    }
}
