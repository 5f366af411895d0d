package io.sallyport.compiler.envoy;

import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Supplier;

/**
 * A resource that is yet to be made.
 *
 * @param inputs everything that its content depends on: equal inputs, equal content
 */
record Part(ResourceType type, String name, List<?> inputs, Supplier<? extends Message> message) {
    Part {
        inputs = List.copyOf(inputs);
    }

    EnvoyResource made() {
        return Encoding.resource(type, name, message.get());
    }
}
