package io.sallyport.contract;

/** Who writes what a schema describes. */
enum Direction {
    /** Callers: what they could send they must still be able to send. */
    SENT,
    /** The API: what it answers must be what callers were told of. */
    ANSWERED
}
