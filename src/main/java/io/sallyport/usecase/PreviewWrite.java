package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.identity.Caller;
import java.util.List;

/** Tells what a write would do. It passes the same checks as the write, is refused as that would be, and stores nothing. */
public final class PreviewWrite {
    private final ApplyDocuments applyDocuments;
    private final Observe observe;
    private final SemanticDiff diff;

    public PreviewWrite(ApplyDocuments applyDocuments, Observe observe, ResourceForm form) {
        this.applyDocuments = applyDocuments;
        this.observe = observe;
        this.diff = new SemanticDiff(form);
    }

    /** At most one intent for each resource. */
    public Preview preview(Caller caller, List<Intent> intents) {
        Judged judged = applyDocuments.judge(caller, intents);
        Plan plan = judged.plan();
        DesiredState after = plan.after();
        List<Resource<?>> wanted = plan.effects().stream()
                .flatMap(effect -> after.find(effect.key()).stream())
                .<Resource<?>>map(resource -> resource)
                .toList();
        return new Preview(
                plan.base().revision(),
                plan.effects(),
                observe.views(after, wanted),
                judged.warnings(),
                diff.between(plan.base(), after));
    }
}
