package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.sallyport.domain.snapshot.RouteAction.RequestEdits;
import java.util.ArrayList;
import java.util.List;

/** What was asked for, written down where a route changes it: logs would know only what was made of it. */
final class Asked {
    private static final String HOST = "sallyport.asked.host";
    private static final String PATH = "sallyport.asked.path";

    private Asked() {}

    static List<FilterStateValue> before(RequestEdits edits) {
        List<FilterStateValue> values = new ArrayList<>();
        if (!edits.host().isEmpty()) {
            values.add(text(HOST, "%REQ(:AUTHORITY)%"));
        }
        if (!edits.path().isEmpty()) {
            values.add(path());
        }
        return values;
    }

    static FilterStateValue path() {
        return text(PATH, "%PATH(NQ:PATH)%");
    }

    /** For logs; nothing where it was not changed. */
    static String host() {
        return "%FILTER_STATE(" + HOST + ":PLAIN)%";
    }

    /** The same. */
    static String pathBefore() {
        return "%FILTER_STATE(" + PATH + ":PLAIN)%";
    }

    private static FilterStateValue text(String key, String format) {
        return Passage.state(key, format).setFactoryKey("envoy.string").build();
    }
}
