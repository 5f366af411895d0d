package io.sallyport.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Server-sent events (HTML standard, section 9.2) on their way to one reader: each is made when the last was taken. */
final class EventStream {
    private final OutputStream output;
    private long lastSent = System.nanoTime();

    private EventStream(OutputStream output) {
        this.output = output;
    }

    /** An answer of events, which ends when {@code telling} does. */
    static Response of(Consumer<EventStream> telling) {
        return answer(output -> telling.accept(new EventStream(output)));
    }

    /** The same of whoever writes the events himself. */
    static Response answer(StreamingOutput events) {
        return Response.ok(events)
                .type(MediaType.SERVER_SENT_EVENTS)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    /** False where nobody listens any more, as of the others. */
    boolean send(String name, Object data) {
        return sent("event: %s\ndata: %s\n\n".formatted(name, data));
    }

    /** @param id by which the reader goes on after it */
    boolean send(String name, long id, Object data) {
        return sent("event: %s\nid: %d\ndata: %s\n\n".formatted(name, id, data));
    }

    /** Something that is no event, so that it is seen where nobody reads any more. */
    boolean heartbeat() {
        return sent(": still here\n\n");
    }

    long nanosSinceLast() {
        return System.nanoTime() - lastSent;
    }

    private boolean sent(String text) {
        try {
            output.write(text.getBytes(StandardCharsets.UTF_8));
            output.flush();
            lastSent = System.nanoTime();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }
}
