package io.sallyport.compiler.envoy;

import static io.sallyport.compiler.envoy.CelText.SERVER_NAME;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.network.HostPattern;
import java.util.List;

/**
 * What a TLS listener writes down of a server name before it chooses where to look further: the name, and the text that
 * its part is chosen by.
 */
final class ShardTable {
    /** The server name, in lower case as it comes, without its trailing dot; nothing where there is none. */
    static final String NAME = "sallyport.name";

    /** The outermost suffix above the name, or else the name. */
    static final String SHARD = "sallyport.shard";

    private static final String WITHOUT_DOT = "re.extract(" + SERVER_NAME + ", '^(.*)[.]$', '\\\\1')";

    private ShardTable() {}

    static TypedExtensionConfig of(String name, List<HostPattern> outermost) {
        var state = new FilterState();
        state.text(NAME, "%REQUESTED_SERVER_NAME%");
        state.text(NAME, CelText.where(endsWithDot(), WITHOUT_DOT));
        state.text(SHARD, "%FILTER_STATE(" + NAME + ":PLAIN)%");
        SuffixChoice.write(state, SHARD, outermost);
        return Composites.extension(name, ListenerState.of(state.filter()));
    }

    /** The name, as an expression. */
    static String name() {
        return "(" + endsWithDot() + " ? " + WITHOUT_DOT + " : " + SERVER_NAME + ")";
    }

    private static String endsWithDot() {
        return SERVER_NAME + ".endsWith('.')";
    }
}
