package io.sallyport.domain.route;

import java.time.Duration;
import java.util.List;

/**
 * When a request is sent again.
 *
 * @param attempts how many more after the first, 1 to 100
 * @param conditions any of which is a reason; at least one of these and {@code statuses}
 * @param statuses of responses that are a reason, 400 to 599
 * @param perTryTimeout of one attempt; without end where zero
 * @param budget at most one; a fixed number of retries at once where empty, the destination's maxRetries
 */
public record RetryPolicy(
        int attempts,
        List<Condition> conditions,
        List<Integer> statuses,
        Duration perTryTimeout,
        BackOff backOff,
        List<Budget> budget) {
    public static final int DEFAULT_ATTEMPTS = 1;
    public static final int MOST_ATTEMPTS = 100;
    public static final List<Condition> DEFAULT_CONDITIONS =
            List.of(Condition.CONNECT_FAILURE, Condition.REFUSED_STREAM, Condition.RESET_BEFORE_REQUEST);

    public RetryPolicy {
        conditions = List.copyOf(conditions);
        statuses = List.copyOf(statuses);
        budget = List.copyOf(budget);
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempts %d is out of range: use 1 to 100".formatted(attempts));
        }
        if (conditions.isEmpty() && statuses.isEmpty()) {
            throw new IllegalArgumentException("a retry needs a reason: conditions, statuses or both");
        }
        if (perTryTimeout.isNegative() || budget.size() > 1) {
            throw new IllegalArgumentException("a retry has no negative timeout and at most one budget");
        }
    }

    /**
     * How long to wait before a retry: a random time, up to {@code base} before the first, up to twice as much before each
     * further one, never above {@code max}.
     */
    public record BackOff(Duration base, Duration max) {
        public static final BackOff DEFAULT = new BackOff(Duration.ofMillis(25), Duration.ofMillis(250));

        public BackOff {
            if (base.toMillis() < 1 || max.compareTo(base) < 0) {
                throw new IllegalArgumentException("back-off begins at 1ms at least and max is not below base");
            }
        }
    }

    /**
     * How many retries may be under way at once, of one proxy to one destination port: a part of the requests under way,
     * and in any case so many.
     *
     * @param minConcurrency 0 at least
     */
    public record Budget(Percentage percent, int minConcurrency) {
        public static final int DEFAULT_MIN_CONCURRENCY = 3;

        public Budget {
            if (minConcurrency < 0) {
                throw new IllegalArgumentException("minConcurrency is not negative");
            }
        }
    }

    /** What is a reason to try again, as Envoy names it in {@code retry_on}. */
    public enum Condition {
        SERVER_ERROR("5xx"),
        GATEWAY_ERROR("gateway-error"),
        RESET("reset"),
        RESET_BEFORE_REQUEST("reset-before-request"),
        CONNECT_FAILURE("connect-failure"),
        REFUSED_STREAM("refused-stream"),
        RETRIABLE_4XX("retriable-4xx"),
        GRPC_CANCELLED("cancelled"),
        GRPC_DEADLINE_EXCEEDED("deadline-exceeded"),
        GRPC_INTERNAL("internal"),
        GRPC_RESOURCE_EXHAUSTED("resource-exhausted"),
        GRPC_UNAVAILABLE("unavailable");

        private final String documentName;

        Condition(String documentName) {
            this.documentName = documentName;
        }

        public String documentName() {
            return documentName;
        }
    }
}
