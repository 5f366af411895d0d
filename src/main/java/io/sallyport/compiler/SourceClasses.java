package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.List;

/** Whom entries of {@code from} mean in a state where whoever says them may speak of everybody. */
public final class SourceClasses {
    private final SourceMeaning meaning;

    public SourceClasses(DesiredState state) {
        meaning = new SourceMeaning(state);
    }

    /** The class that a rule of tier Admin would have for the entry. */
    public SourceClass of(Source entry) {
        ScopedSource scoped = new ScopedSource(List.of(), entry);
        return meaning.classOf(scoped.id(), scoped);
    }
}
