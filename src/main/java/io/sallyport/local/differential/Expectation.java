package io.sallyport.local.differential;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Lookup;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Onward;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What the evaluator says of a request, under each answer that the name may have which it leads to. */
record Expectation(Evaluator evaluator, Snapshot snapshot, Names names) {

    List<Verdict> of(Attempt attempt, Instant time) {
        Question question = attempt.at(time);
        Verdict unresolved = evaluator.decide(question);
        List<Lookup> lookups = unresolved.place().stream()
                .flatMap(place -> place.onward().stream())
                .flatMap(onward -> named(onward, attempt.approach()))
                .limit(1)
                .flatMap(name -> names.of(name).stream())
                .toList();
        return lookups.isEmpty()
                ? List.of(unresolved)
                : lookups.stream()
                        .map(lookup -> evaluator.decide(question.with(lookup)))
                        .toList();
    }

    private Stream<String> named(Onward onward, Approach approach) {
        Upstream upstream = snapshot.upstreams().stream()
                .filter(one -> one.name().equals(onward.upstream()))
                .findFirst()
                .orElseThrow();
        Stream<String> hosts = switch (upstream.resolution()) {
            case STATIC, ORIGINAL -> Stream.of();
            case DNS -> upstream.endpoints().stream().map(UpstreamEndpoint::address);
            case DYNAMIC -> Stream.of(HostPattern.canonical(host(approach)));
        };
        return hosts.filter(host -> !IpAddress.isValid(host));
    }

    private static String host(Approach approach) {
        return switch (approach) {
            case Approach.HttpRequest request -> request.authority().replaceFirst(":.*", "");
            case Approach.Tunnel tunnel -> tunnel.authority().replaceFirst(":.*", "");
            case Approach.ClientHello hello -> String.join("", hello.serverName());
            case Approach.Connection connection -> "";
        };
    }
}
