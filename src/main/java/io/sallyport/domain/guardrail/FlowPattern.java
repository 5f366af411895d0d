package io.sallyport.domain.guardrail;

import io.sallyport.domain.rule.Source;
import java.util.List;

/**
 * Which flows are meant: all parts that are there must hold, and within a part any of its entries does.
 *
 * @param from whose flows, by any identity of theirs; everybody's where empty
 * @param to where they lead; everywhere where empty
 * @param methods of HTTP, exactly; what is not read as HTTP may carry any of them. Any where empty
 * @param tls how they go on; any way where empty
 */
public record FlowPattern(List<Source> from, List<FlowTarget> to, List<String> methods, List<Transport> tls) {
    public FlowPattern {
        from = List.copyOf(from);
        to = List.copyOf(to);
        methods = List.copyOf(methods);
        tls = List.copyOf(tls);
    }
}
