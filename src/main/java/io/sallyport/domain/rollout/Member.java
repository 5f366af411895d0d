package io.sallyport.domain.rollout;

import io.sallyport.domain.agent.AgentName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An agent as cohorts see it.
 *
 * @param labels what it says of itself: they may choose when it gets a change, never what it is entitled to
 */
public record Member(AgentName name, SortedMap<String, String> labels) {
    /** Places are 0 to 9,999, so that one is a hundredth of a percent. */
    public static final int PLACES = 10_000;

    public Member {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** The same on every replica, at every rollout and after every restart; evenly spread over many agents. */
    public int place() {
        byte[] digest = sha256().digest(name.toString().getBytes(StandardCharsets.UTF_8));
        return Math.floorMod(ByteBuffer.wrap(digest).getInt(), PLACES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
