package io.sallyport.compiler.risk;

import io.sallyport.domain.agent.Shut;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;

/**
 * A snapshot that lets nothing pass that another one refuses.
 *
 * @param shut where somebody is refused for that, sorted
 * @param namesMore whether it tells hosts apart for that which it would not otherwise
 */
public record Narrowed(Snapshot snapshot, List<Shut> shut, boolean namesMore) {
    public Narrowed {
        shut = List.copyOf(shut);
    }
}
