package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import io.sallyport.identity.Access;
import java.time.Instant;
import java.util.List;

/**
 * A plan that passed every check.
 *
 * @param access what the writer may do at the state that it starts from
 * @param warnings what is merely doubtful about it
 */
record Judged(Plan plan, Access access, List<Warning> warnings) {
    Judged {
        warnings = List.copyOf(warnings);
    }

    Written written(Revision revision) {
        return written(revision, List.of());
    }

    Written written(Revision revision, List<Instant> confirmBy) {
        return new Written(revision, plan.after(), access, confirmBy, plan.effects(), warnings);
    }
}
