package io.sallyport.usecase;

/**
 * What becomes of connections that are open.
 *
 * @param listener a listener of the gateway
 * @param why for people
 */
public record Drain(String listener, Sort sort, String why) {
    /** How they end. */
    public enum Sort {
        /** The listener goes, and they with it once their time to drain is over. */
        CLOSE,
        /** The listener is made anew: they may finish while new ones come to the new one. */
        DRAIN,
        /** Those that the change refuses are ended within seconds. */
        CUT,
        /** They go on, those that the change refuses too; what is asked anew is refused. */
        KEEP
    }
}
