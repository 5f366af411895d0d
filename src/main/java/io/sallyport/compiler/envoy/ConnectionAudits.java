package io.sallyport.compiler.envoy;

import io.sallyport.domain.snapshot.AuthorizationClause;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;

/**
 * The rules of authorization on a TLS listener that only look.
 *
 * @param classes empty where there are none
 * @param byHost those of hosts that have any
 */
record ConnectionAudits(Collection<SourceClass> classes, SequencedMap<HostEntry, List<AuthorizationClause>> byHost) {

    void writeTo(FilterState state) {
        new ConnectionRules(classes)
                .writeSources(
                        state,
                        byHost.values().stream().flatMap(List::stream).flatMap(clause -> clause.sources().stream()));
        byHost.forEach((host, audits) ->
                ConnectionAuthorization.writeAudits(state, List.of(CelText.is(SniTable.HOST, host.host())), audits));
    }

    /** What it depends on. */
    List<?> inputs() {
        return List.of(classes, byHost);
    }
}
