package io.sallyport.domain.route;

/**
 * One of the places that requests are split over.
 *
 * @param weight 0 to 1,000,000: its part of the sum; 0 means none
 */
public record RouteBackend(BackendTarget target, int weight) {
    public static final int DEFAULT_WEIGHT = 1;
    public static final int LARGEST_WEIGHT = 1_000_000;

    public RouteBackend {
        if (weight < 0 || weight > LARGEST_WEIGHT) {
            throw new IllegalArgumentException("weight %d is out of range: use 0 to 1000000".formatted(weight));
        }
    }
}
