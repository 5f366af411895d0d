package io.sallyport.domain.route;

/** A part of all, in millionths, so in steps of a ten-thousandth of a percent. */
public record Percentage(int millionths) {
    public static final int WHOLE = 1_000_000;
    public static final Percentage ALL = new Percentage(WHOLE);

    public Percentage {
        if (millionths < 0 || millionths > WHOLE) {
            throw new IllegalArgumentException("a percentage is 0 to 100");
        }
    }
}
