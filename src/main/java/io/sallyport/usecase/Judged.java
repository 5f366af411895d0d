package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import io.sallyport.identity.Access;
import java.time.Instant;
import java.util.List;

/**
 * A plan that passed every check.
 *
 * @param intents what it is made of
 * @param access what the writer may do at the state that it starts from
 * @param warnings what is merely doubtful about it
 * @param approvals what it needs besides before it is written
 */
record Judged(Plan plan, List<Intent> intents, Access access, List<Warning> warnings, NeededApprovals approvals) {
    Judged {
        intents = List.copyOf(intents);
        warnings = List.copyOf(warnings);
    }

    Sight sight() {
        return new Sight(access, plan.after());
    }

    Written written(Revision revision) {
        return written(revision, List.of());
    }

    Written written(Revision revision, List<Instant> confirmBy) {
        return new Written(revision, plan.after(), access, confirmBy, plan.effects(), warnings);
    }
}
