package io.sallyport.local.differential;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Lookup;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Onward;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the evaluator says of a request, under each answer that the name may have which it leads to, and on each of the
 * ways over which its route splits.
 */
final class Expectation {
    private final List<Evaluator> ways;
    private final Map<String, Upstream> upstreams;
    private final Names names;
    private final Gatekeeping gatekeeping;

    Expectation(Snapshot snapshot, Names names) {
        this.ways = Ways.of(snapshot).map(Evaluator::new).toList();
        this.upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
        this.names = names;
        this.gatekeeping = new Gatekeeping(snapshot);
    }

    List<Verdict> of(Attempt attempt, Instant time) {
        return ways.stream()
                .flatMap(evaluator -> of(evaluator, attempt, time))
                .distinct()
                .flatMap(verdict -> gatekeeping.of(attempt, verdict))
                .toList();
    }

    private Stream<Verdict> of(Evaluator evaluator, Attempt attempt, Instant time) {
        Question question = attempt.at(time);
        Verdict unresolved = evaluator.decide(question);
        List<Lookup> lookups = unresolved.place().stream()
                .flatMap(place -> place.onward().stream())
                .flatMap(onward -> named(onward, unresolved.routing(), attempt.approach()))
                .limit(1)
                .flatMap(name -> names.of(name).stream())
                .toList();
        return lookups.isEmpty()
                ? Stream.of(unresolved)
                : lookups.stream().map(lookup -> evaluator.decide(question.with(lookup)));
    }

    private Stream<String> named(Onward onward, Routing routing, Approach approach) {
        Upstream upstream = requireNonNull(upstreams.get(onward.upstream()));
        Stream<String> hosts = switch (upstream.resolution()) {
            case STATIC, ORIGINAL -> Stream.of();
            case DNS -> upstream.endpoints().stream().map(UpstreamEndpoint::address);
            case DYNAMIC -> Stream.of(known(routing, approach));
        };
        return hosts.filter(host -> !IpAddress.isValid(host));
    }

    private static String known(Routing routing, Approach approach) {
        if (routing instanceof Routing.Taken taken && taken.route().action() instanceof RouteAction.Forward forward) {
            RouteTarget target = forward.targets().getFirst();
            return Stream.concat(target.serverName().stream(), forward.edits().host().stream())
                    .findFirst()
                    .map(HostPattern::value)
                    .orElseGet(() -> HostPattern.canonical(host(approach)));
        }
        return HostPattern.canonical(host(approach));
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
