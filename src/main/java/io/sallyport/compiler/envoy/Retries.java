package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryBackOff;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryHostPredicate;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryPriority;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.sallyport.domain.route.RetryPolicy.Condition;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.snapshot.RouteAction.Forward;
import io.sallyport.domain.snapshot.Upstream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When a request is sent again. */
final class Retries {
    private static final int ATTEMPTS_TO_FIND_ANOTHER_HOST = 3;

    private Retries() {}

    /** Only what never reached an upstream, to where it goes next by preference. */
    static Optional<RetryPolicy> failingOver(Collection<Upstream> upstreams) {
        int priorities = priorities(upstreams);
        return priorities > 1
                ? Optional.of(toOthers(RetryPolicy.newBuilder()
                                .setRetryOn(Condition.CONNECT_FAILURE.documentName())
                                .setNumRetries(UInt32Value.of(priorities - 1)))
                        .build())
                : Optional.empty();
    }

    /** As a route says; where it says nothing, as the upstreams do. */
    static Optional<RetryPolicy> of(Forward forward, Collection<Upstream> upstreams) {
        Optional<RetryPolicy> policy = forward.retry().stream()
                .findFirst()
                .map(retry -> asked(retry, upstreams))
                .or(() -> failingOver(upstreams));
        Duration longest = shortest(forward.timeouts(), forward.retry());
        return longest.isZero()
                ? policy
                : Optional.of(policy.orElseGet(RetryPolicy::getDefaultInstance).toBuilder()
                        .setPerTryTimeout(Durations.of(longest))
                        .build());
    }

    private static RetryPolicy asked(io.sallyport.domain.route.RetryPolicy retry, Collection<Upstream> upstreams) {
        var backOff = RetryBackOff.newBuilder()
                .setBaseInterval(Durations.of(retry.backOff().base()))
                .setMaxInterval(Durations.of(retry.backOff().max()));
        RetryPolicy.Builder policy = RetryPolicy.newBuilder()
                .setRetryOn(reasons(retry))
                .addAllRetriableStatusCodes(retry.statuses())
                .setNumRetries(UInt32Value.of(retry.attempts()))
                .setRetryBackOff(backOff);
        return priorities(upstreams) > 1 ? toOthers(policy).build() : policy.build();
    }

    private static String reasons(io.sallyport.domain.route.RetryPolicy retry) {
        Stream<String> statuses = retry.statuses().isEmpty() ? Stream.of() : Stream.of("retriable-status-codes");
        return Stream.concat(retry.conditions().stream().map(Condition::documentName), statuses)
                .collect(Collectors.joining(","));
    }

    // Of those that are said; both are of one attempt.
    private static Duration shortest(RouteTimeouts timeouts, List<io.sallyport.domain.route.RetryPolicy> retry) {
        return Stream.concat(
                        Stream.of(timeouts.backendRequest()),
                        retry.stream().map(io.sallyport.domain.route.RetryPolicy::perTryTimeout))
                .filter(Duration::isPositive)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static int priorities(Collection<Upstream> upstreams) {
        return upstreams.stream().mapToInt(Endpoints::priorities).max().orElse(1);
    }

    private static RetryPolicy.Builder toOthers(RetryPolicy.Builder policy) {
        return policy.setRetryPriority(RetryPriority.newBuilder()
                        .setName("envoy.retry_priorities.previous_priorities")
                        .setTypedConfig(Encoding.any(PreviousPrioritiesConfig.newBuilder()
                                .setUpdateFrequency(1)
                                .build())))
                .addRetryHostPredicate(RetryHostPredicate.newBuilder()
                        .setName("envoy.retry_host_predicates.previous_hosts")
                        .setTypedConfig(Encoding.any(PreviousHostsPredicate.getDefaultInstance())))
                .setHostSelectionRetryMaxAttempts(ATTEMPTS_TO_FIND_ANOTHER_HOST);
    }
}
