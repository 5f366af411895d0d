package io.sallyport.usecase;

/**
 * How somebody wants to be told what a write would do.
 *
 * @param inEnvoyWords whether configurations are compared as Envoy gets them, and not in our own words
 * @param withText whether parts that change are shown line by line
 */
public record PreviewWish(boolean inEnvoyWords, boolean withText) {
    /** By name alone, in our own words. */
    public static final PreviewWish BRIEF = new PreviewWish(false, false);
}
