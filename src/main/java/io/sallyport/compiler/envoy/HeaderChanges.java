package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.HeaderEdits.Header;
import java.util.List;
import java.util.stream.Stream;

/** What is done to headers, as Envoy takes it: it removes first, and then does the rest in order. */
final class HeaderChanges {
    private HeaderChanges() {}

    static void toRequest(Route.Builder route, HeaderEdits edits) {
        route.addAllRequestHeadersToRemove(edits.remove()).addAllRequestHeadersToAdd(written(edits));
    }

    static void toResponse(Route.Builder route, HeaderEdits edits) {
        route.addAllResponseHeadersToRemove(edits.remove()).addAllResponseHeadersToAdd(written(edits));
    }

    /** In place of what is there; the value is a format. */
    static HeaderValueOption instead(String name, String format) {
        return option(name, format, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
    }

    private static List<HeaderValueOption> written(HeaderEdits edits) {
        return Stream.concat(
                        edits.set().stream().map(header -> instead(header.name(), literally(header))),
                        edits.add().stream()
                                .map(header -> option(
                                        header.name(), literally(header), HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD)))
                .toList();
    }

    // Else a value could say what Envoy knows: who asks, and what was written down about it.
    private static String literally(Header header) {
        return header.value().replace("%", "%%");
    }

    private static HeaderValueOption option(String name, String format, HeaderAppendAction action) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(format))
                .setAppendAction(action)
                .build();
    }
}
