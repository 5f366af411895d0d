package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.ExecuteFilterAction;

/** Filters that are chosen for each request. */
final class Composites {
    private Composites() {}

    static TypedExtensionConfig extension(String name, Message message) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Encoding.any(message))
                .build();
    }

    static Matcher.OnMatch execute(ExecuteFilterAction filter) {
        return Matcher.OnMatch.newBuilder()
                .setAction(Predicates.extension("execute", filter))
                .build();
    }
}
