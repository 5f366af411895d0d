package io.sallyport.push.xds;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a client was sent of one type, and what it said to it. Only the newest response about a name counts, so that
 * memory is bounded by the names, and answers to older responses are answers to nothing.
 */
final class SentResources {
    /** The version of what is not there. Nobody can refuse that. */
    static final String ABSENT = "";

    private static final int MOST_SAID = 256;

    private final Map<String, Sent> byName = new HashMap<>();
    private final Map<String, Set<String>> open = new HashMap<>();
    private final SequencedMap<String, Map<String, String>> said = new LinkedHashMap<>();
    private int refused;

    /**
     * What was said to one name.
     *
     * @param held the version that the client last accepted, and has while it refuses a newer one; {@link #ABSENT} for none
     */
    record Sent(String version, String nonce, Answer answer, String held) {
        boolean isAnswered() {
            return answer != Answer.NONE_YET;
        }

        boolean mustBeSentAgain() {
            return answer == Answer.ASKED_AGAIN;
        }
    }

    /** What the client said. */
    enum Answer {
        NONE_YET,
        ACCEPTED,
        REFUSED,
        /** It is to have it once more, though it has it. */
        ASKED_AGAIN
    }

    /** The client says that it has it from before. */
    void assume(String name, String version) {
        put(name, new Sent(version, "", Answer.ACCEPTED, version));
    }

    /** It refused it on an earlier stream. */
    void assumeRefused(String name, String version) {
        put(name, new Sent(version, "", Answer.REFUSED, held(name)));
    }

    void sent(String nonce, Map<String, String> versions) {
        versions.forEach((name, version) -> put(name, new Sent(version, nonce, Answer.NONE_YET, held(name))));
        open.put(nonce, new HashSet<>(versions.keySet()));
        said.putLast(nonce, Map.copyOf(versions));
        if (said.size() > MOST_SAID) {
            said.pollFirstEntry();
        }
    }

    /** What a response was about, also where a newer one has taken its place; empty where that is forgotten. */
    Map<String, String> said(String nonce) {
        return said.getOrDefault(nonce, Map.of());
    }

    /** The names that a response was about; empty where it is unknown, answered already, or out of date. */
    Collection<String> answered(String nonce, boolean accepted) {
        Set<String> names = open.remove(nonce);
        if (names == null) {
            return List.of();
        }
        Answer answer = accepted ? Answer.ACCEPTED : answerToRefusedWith(names.size());
        for (String name : names) {
            find(name)
                    .ifPresent(sent ->
                            put(name, answered(sent, sent.version().equals(ABSENT) ? Answer.ACCEPTED : answer)));
        }
        return names;
    }

    private static Sent answered(Sent sent, Answer answer) {
        String held = answer == Answer.ACCEPTED ? sent.version() : sent.held();
        return new Sent(sent.version(), "", answer, held);
    }

    private String held(String name) {
        return find(name).map(Sent::held).orElse(ABSENT);
    }

    /** What the client surely has, by name, in the version in which it has it. */
    SortedMap<String, String> held(Predicate<String> wanted) {
        SortedMap<String, String> held = new TreeMap<>();
        byName.forEach((name, sent) -> {
            boolean settled = sent.isAnswered() && !sent.mustBeSentAgain();
            if (settled && !sent.held().equals(ABSENT) && wanted.test(name)) {
                held.put(name, sent.held());
            }
        });
        return held;
    }

    /** The client no longer has it; it is sent once more, unless it was refused as it is. */
    void lost(String name) {
        find(name).filter(Sent::isAnswered).ifPresent(sent -> {
            Answer answer = sent.answer() == Answer.REFUSED ? Answer.REFUSED : Answer.ASKED_AGAIN;
            put(name, new Sent(sent.version(), "", answer, ABSENT));
        });
    }

    /** Of several refused together each is sent alone once, to find the guilty. */
    private static Answer answerToRefusedWith(int names) {
        return names > 1 ? Answer.ASKED_AGAIN : Answer.REFUSED;
    }

    /** To be sent once more, unless it was refused as it is. */
    void sendAgain(String name) {
        find(name)
                .filter(sent -> sent.answer() != Answer.REFUSED)
                .ifPresent(sent -> put(name, new Sent(sent.version(), "", Answer.ASKED_AGAIN, sent.held())));
    }

    /** To be sent once more though it was refused as it is, as that may have passed. */
    void tryAgain(String name) {
        find(name)
                .filter(sent -> sent.answer() == Answer.REFUSED)
                .ifPresent(sent -> put(name, new Sent(sent.version(), "", Answer.ASKED_AGAIN, sent.held())));
    }

    /** What was refused as it is: version by name. */
    SortedMap<String, String> refused() {
        SortedMap<String, String> found = new TreeMap<>();
        if (refused > 0) {
            byName.forEach((name, sent) -> {
                if (sent.answer() == Answer.REFUSED) {
                    found.put(name, sent.version());
                }
            });
        }
        return found;
    }

    void forget(String name) {
        Sent before = byName.remove(name);
        if (before != null) {
            close(name, before);
        }
    }

    Optional<Sent> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    List<String> copyOfNames() {
        return new ArrayList<>(byName.keySet());
    }

    boolean isAnswered() {
        return open.isEmpty();
    }

    boolean isAccepted() {
        return open.isEmpty() && refused == 0;
    }

    private void put(String name, Sent sent) {
        Sent before = byName.put(name, sent);
        if (before != null) {
            close(name, before);
        }
        refused += sent.answer() == Answer.REFUSED ? 1 : 0;
    }

    private void close(String name, Sent before) {
        refused -= before.answer() == Answer.REFUSED ? 1 : 0;
        Set<String> others = open.get(before.nonce());
        if (others != null && others.remove(name) && others.isEmpty()) {
            open.remove(before.nonce());
        }
    }
}
