package io.sallyport.store;

import java.time.Instant;

/**
 * Answers that were given to requests with a key, so that who repeats a request gets the same answer. Every method may
 * throw {@link io.sallyport.domain.FailureException} with {@code Unavailable}.
 */
public interface KeptAnswers {

    /**
     * Takes a key for a request, as one of all replicas.
     *
     * @param request tells one request from another, and does not tell what was sent
     * @param since claims and answers that are older count no more
     * @param abandoned claims without an answer that are older are of who died
     */
    Claim claim(String key, String request, Instant now, Instant since, Instant abandoned);

    /** Gives the answer of who holds the claim. */
    void keep(String key, Answer answer);

    /** Gives a claim back, so that the key is as if it had not been used. */
    void release(String key);

    /** What comes of asking for a key. */
    sealed interface Claim {
        /** It is the caller's: he does what is asked, and keeps or releases. */
        record Held() implements Claim {}

        /** It was used for the same request, which was answered. */
        record Answered(Answer answer) implements Claim {}

        /** The same request is under way. */
        record UnderWay() implements Claim {}

        /** It was used for another request. */
        record Taken() implements Claim {}
    }

    /**
     * An answer without what is not the request's own.
     *
     * @param headers as a JSON object of texts
     * @param body JSON; empty where there is none
     */
    record Answer(int status, String headers, String body) {}
}
