package io.sallyport.compiler;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Collectors;

/** What the evaluator decides, in the words of {@link ReferenceDecision}. */
record SnapshotDecision(Snapshot snapshot) {

    String decide(Request request) {
        Verdict verdict = new Evaluator(snapshot)
                .decide(new Question(request.listener(), Peer.at(request.source()), approach(request), request.time()));
        return verdict.reason() == Verdict.Reason.RULE ? verdict.action() + " " + verdict.name() : verdict.name();
    }

    private Approach approach(Request request) {
        String host = request.host().value();
        boolean overTls = snapshot.listeners().stream()
                .filter(one -> one.listener().name().equals(request.listener()))
                .noneMatch(one -> one.listener().protocol().isHttp());
        return overTls
                ? new Approach.ClientHello(List.of(host))
                : new Approach.HttpRequest(
                        request.port().stream().map(port -> ":" + port).collect(Collectors.joining("", host, "")),
                        "GET",
                        "/");
    }
}
