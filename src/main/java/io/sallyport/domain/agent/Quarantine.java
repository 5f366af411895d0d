package io.sallyport.domain.agent;

import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent refused, so that nobody sends it again as it is.
 *
 * @param agent by all that it is known by across its streams
 * @param secrets by name and version, the last refused last
 * @param accepted of which state it last accepted all but the guilty; none where that is not known
 */
public record Quarantine(String agent, List<String> secrets, Revision accepted, List<Guilty> guilty) {
    private static final int MOST_SECRETS = 256;

    public Quarantine {
        secrets = List.copyOf(secrets);
        guilty = List.copyOf(guilty);
    }

    /**
     * An object of which it refused what came of it.
     *
     * @param reason in the agent's words, shortened
     * @param refusedAt the state in which it was refused
     * @param heldFrom the state in which it was accepted last; none where it never was
     */
    public record Guilty(ResourceKey object, String reason, Revision refusedAt, Revision heldFrom) {}

    public static Quarantine nothing(String agent) {
        return new Quarantine(agent, List.of(), Revision.NONE, List.of());
    }

    public boolean isEmpty() {
        return secrets.isEmpty() && guilty.isEmpty();
    }

    /** The oldest is forgotten where there are too many. */
    public Quarantine withSecret(String secret) {
        List<String> more = new ArrayList<>(secrets);
        more.remove(secret);
        more.add(secret);
        int from = Math.max(0, more.size() - MOST_SECRETS);
        return new Quarantine(agent, more.subList(from, more.size()), accepted, guilty);
    }

    public Quarantine withGuilty(Revision newAccepted, List<Guilty> newGuilty) {
        return new Quarantine(agent, secrets, newAccepted, newGuilty);
    }
}
