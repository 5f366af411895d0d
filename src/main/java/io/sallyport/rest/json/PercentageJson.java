package io.sallyport.rest.json;

import io.sallyport.domain.route.Percentage;
import io.sallyport.rest.json.Violations.Reason;
import java.math.BigDecimal;
import java.util.Optional;

/** A percentage in JSON: a number of 0 to 100 with four digits after the point at most. */
final class PercentageJson {
    private static final int DIGITS = 4;
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private PercentageJson() {}

    static Optional<Percentage> read(Place place) {
        if (!place.value().isNumber()) {
            place.report(Reason.WRONG_TYPE, "Expected a number of percent from 0 to 100, 12.5 for example.");
            return Optional.empty();
        }
        BigDecimal percent = place.value().decimalValue().stripTrailingZeros();
        boolean isInRange = percent.signum() >= 0 && percent.compareTo(WHOLE) <= 0 && percent.scale() <= DIGITS;
        if (!isInRange) {
            place.report(
                    Reason.OUT_OF_RANGE,
                    "Use a number from 0 to 100 with at most %d digits after the point.".formatted(DIGITS));
            return Optional.empty();
        }
        return Optional.of(new Percentage(percent.movePointRight(DIGITS).intValueExact()));
    }

    static BigDecimal write(Percentage percentage) {
        BigDecimal percent = BigDecimal.valueOf(percentage.millionths(), DIGITS).stripTrailingZeros();
        return percent.scale() < 0 ? percent.setScale(0) : percent;
    }
}
