package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import java.util.List;

/**
 * A plan that passed every check.
 *
 * @param warnings what is merely doubtful about it
 */
record Judged(Plan plan, List<Warning> warnings) {
    Judged {
        warnings = List.copyOf(warnings);
    }

    Written written(Revision revision) {
        return new Written(revision, plan.after(), plan.effects(), warnings);
    }
}
