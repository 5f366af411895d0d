package io.sallyport.push.xds;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How many streams there are, and how often somebody came upon a bound. Its parts guard themselves. */
@Singleton
public final class StreamCounts {
    private final AtomicLong streams = new AtomicLong();
    private final Map<StreamLimit, LongAdder> limited = new EnumMap<>(StreamLimit.class);

    /** With nothing counted. */
    public StreamCounts() {
        for (StreamLimit limit : StreamLimit.values()) {
            limited.put(limit, new LongAdder());
        }
    }

    /** The streams that are open, whose Envoys may not have said who they are yet. */
    public long streams() {
        return streams.get();
    }

    /** How often since the start; of requests, how many had to wait. */
    public long limited(StreamLimit limit) {
        return limited.getOrDefault(limit, new LongAdder()).sum();
    }

    long opened() {
        return streams.incrementAndGet();
    }

    void closed() {
        streams.decrementAndGet();
    }

    void count(StreamLimit limit) {
        limited.getOrDefault(limit, new LongAdder()).increment();
    }

    /** Counts it, and says what the agent is told. */
    StatusRuntimeException refusal(StreamLimit limit, String message) {
        count(limit);
        return Status.RESOURCE_EXHAUSTED
                .withDescription("%s (sallyport.xds.%s)".formatted(message, limit.key()))
                .asRuntimeException();
    }
}
