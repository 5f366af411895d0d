package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.Conduct.OnRevoke;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A gateway that cuts what it revokes has a filter chain for each grant, so grants have a bound. */
final class CutChecks {
    /** Of all listeners of a gateway together. */
    static final int MOST_GRANTS = 2000;

    private final Checked checked;
    private final Set<ResourceName> touched;
    private final IncrementalCompiler compiler;
    private final Report report;

    CutChecks(Checked checked, Set<ResourceName> touched, IncrementalCompiler compiler, Report report) {
        this.checked = checked;
        this.touched = touched;
        this.compiler = compiler;
        this.report = report;
    }

    void run() {
        checked.state().gateways().stream()
                .filter(gateway -> gateway.spec().conduct().onRevoke() == OnRevoke.CUT)
                .filter(gateway -> touched.contains(gateway.name()))
                .forEach(this::bound);
    }

    private void bound(Resource<EgressGateway> gateway) {
        Snapshot snapshot = compiler.compile(checked.state(), gateway.name());
        Map<String, SourceClass> classes =
                snapshot.sources().stream().collect(Collectors.toMap(SourceClass::id, Function.identity()));
        long grants = snapshot.listeners().stream()
                .flatMap(listener -> listener.hosts().stream())
                .flatMap(host -> host.ports().stream())
                .mapToLong(port -> most(port, classes))
                .sum();
        if (grants > MOST_GRANTS) {
            report.error(
                    gateway,
                    "/spec/onRevoke",
                    "TooManyGrants",
                    "with onRevoke Cut %s may come to %d grants, of which %d are the most: let it admit fewer namespaces, have rules name fewer sources, or use onRevoke NewFlows with limits.maxFlowDuration"
                            .formatted(gateway.name(), grants, MOST_GRANTS));
        }
    }

    // As if everyone were allowed; whoever is not named is one besides.
    private static long most(PortEntry port, Map<String, SourceClass> classes) {
        Set<String> used = port.rules().stream()
                .map(CompiledRule::sources)
                .flatMap(sources -> sources.stream())
                .collect(Collectors.toSet());
        long sources = 1;
        long addresses = 1;
        for (Map.Entry<String, SourceClass> one : classes.entrySet()) {
            if (used.contains(one.getKey())) {
                SourceClass meant = one.getValue();
                sources += meant.identities().principals().size()
                        + meant.identities().ranges().size();
                addresses += meant.ipBlocks().size();
            }
        }
        return port.rules().isEmpty() ? 0 : sources * addresses;
    }
}
