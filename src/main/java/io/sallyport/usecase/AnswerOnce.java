package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.identity.Caller;
import io.sallyport.store.KeptAnswers;
import io.sallyport.store.KeptAnswers.Answer;
import io.sallyport.store.KeptAnswers.Claim;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does what is asked under a key once: who repeats the request within a day gets the same answer, at any replica. Only
 * what was done is remembered; where it was refused, the key is free again.
 */
public final class AnswerOnce {
    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final Logger LOG = Logger.getLogger(AnswerOnce.class);
    // Longer than any write takes; after that its replica is taken to have died with it.
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(60);

    private final KeptAnswers answers;
    private final InstantSource clock;

    public AnswerOnce(KeptAnswers answers, InstantSource clock) {
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * The answer of this request or of the first like it. Throws {@code KeyReused}, or {@code Conflict} while the first is
     * under way.
     *
     * @param key the caller's; another caller's same key is another
     * @param request all that tells this request from others; neither it nor the key is stored, but what is hashed of it
     */
    public Outcome answer(Caller caller, String key, String request, Supplier<Given> work) {
        String owned = hash("%s\n%s".formatted(caller.id(), key));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // The key is in it, so that equal requests cannot be told to be equal, nor guessed without it.
        String fingerprint = hash("%s\n%s\n%s".formatted(caller.id(), key, request));
        return switch (answers.claim(owned, fingerprint, now, now.minus(KEPT), now.minus(LONGEST_WRITE))) {
            case Claim.Held ignored -> new Outcome(done(owned, work), false);
            case Claim.Answered(Answer answer) -> new Outcome(Given.of(answer), true);
            case Claim.UnderWay ignored ->
                throw new FailureException(new Failure.Conflict(
                        "The request with this Idempotency-Key is still under way; repeat it in a second."));
            case Claim.Taken ignored ->
                throw new FailureException(new Failure.KeyReused(
                        "This Idempotency-Key was used for another request within a day; take a new one for each."));
        };
    }

    private Given done(String key, Supplier<Given> work) {
        Given answer;
        try {
            answer = work.get();
        } catch (RuntimeException refused) {
            release(key);
            throw refused;
        }
        keep(key, answer);
        return answer;
    }

    // It is done, whatever comes of remembering that.
    private void keep(String key, Given given) {
        try {
            answers.keep(key, new Answer(given.status(), given.headers(), given.body()));
        } catch (RuntimeException away) {
            LOG.warn("an answer was not kept, a repeated request will be done again", away);
        }
    }

    private void release(String key) {
        try {
            answers.release(key);
        } catch (RuntimeException away) {
            LOG.debug("a key was not released, it is free again after a minute", away);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The answer, and whether it is one that was given before. */
    public record Outcome(Given answer, boolean isRepeated) {}

    /**
     * An answer, as far as it is the request's own.
     *
     * @param headers as a JSON object of texts
     * @param body JSON; empty where there is none
     */
    public record Given(int status, String headers, String body) {
        static Given of(Answer answer) {
            return new Given(answer.status(), answer.headers(), answer.body());
        }
    }
}
