package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue.SharedWithUpstream;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;

/** What is written down about a connection when it comes, one after the other; what is empty is left out. */
final class FilterState {
    private final Config.Builder config = Config.newBuilder();

    /** For our own filters to read. */
    FilterState text(String key, String format) {
        config.addOnNewConnection(value(key, format).setFactoryKey("envoy.string"));
        return this;
    }

    /** A text behind what is written down already, where a condition holds. Formats add texts, expressions do not. */
    FilterState added(String key, String condition, Object text) {
        String isNext = "'" + key + "' in filter_state";
        String next = CelText.text(ShadowNames.SEPARATOR + text);
        return text(
                key,
                "%FILTER_STATE(" + key + ":PLAIN)%"
                        + CelText.where(condition, "(" + isNext + " ? " + next + " : " + CelText.text(text) + ")"));
    }

    /** A text that takes part in the choice of connections where it is shared with them. */
    FilterState hashed(String key, String format) {
        config.addOnNewConnection(value(key, format).setFactoryKey("envoy.hashable_string"));
        return this;
    }

    /** The same, for what the connection leads to within this Envoy. */
    FilterState passedOn(String key, String format) {
        config.addOnNewConnection(shared(key, format));
        return this;
    }

    /** For a filter of Envoy, which knows the key. */
    FilterState known(String key, String format) {
        config.addOnNewConnection(value(key, format));
        return this;
    }

    Config filter() {
        return config.build();
    }

    /** What is told to a listener within this Envoy, of a request too, and takes part in the choice of connections to it. */
    static FilterStateValue.Builder shared(String key, String format) {
        return value(key, format).setFactoryKey("envoy.hashable_string").setSharedWithUpstream(SharedWithUpstream.ONCE);
    }

    private static FilterStateValue.Builder value(String key, String format) {
        return FilterStateValue.newBuilder()
                .setObjectKey(key)
                .setSkipIfEmpty(true)
                .setFormatString(SubstitutionFormatString.newBuilder()
                        .setOmitEmptyValues(true)
                        .setTextFormatSource(DataSource.newBuilder().setInlineString(format)));
    }
}
