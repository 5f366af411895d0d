package io.sallyport.rest.json;

import io.sallyport.rest.json.Violations.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A duration in JSON, as Gateway API writes it (GEP-2257): {@code 1h30m}, {@code 10s}, {@code 500ms}. */
final class DurationJson {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");
    private static final Pattern PART = Pattern.compile("([0-9]{1,5})(h|ms|m|s)");

    private DurationJson() {}

    /** Both bounds are allowed values. */
    static Function<Place, Optional<Duration>> between(Duration least, Duration most) {
        return place -> {
            Optional<Duration> duration = place.parsed(DurationJson::parse);
            if (duration.isPresent()
                    && (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0)) {
                place.report(
                        Reason.OUT_OF_RANGE,
                        "%s is out of range: use %s to %s."
                                .formatted(place.value().textValue(), text(least), text(most)));
                return Optional.empty();
            }
            return duration;
        };
    }

    static Duration parse(String text) {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a duration: use whole numbers with h, m, s or ms, such as 10s, 1h30m or 500ms"
                            .formatted(Suggestion.shortened(text)));
        }
        return PART.matcher(text).results().map(DurationJson::part).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration part(MatchResult part) {
        long number = Long.parseLong(part.group(1));
        return switch (part.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMillis(number);
        };
    }

    /** The largest unit first, what is zero left out. */
    static String text(Duration duration) {
        if (duration.toMillis() == 0) {
            return "0s";
        }
        return part(duration.toHours(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s")
                + part(duration.toMillisPart(), "ms");
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
