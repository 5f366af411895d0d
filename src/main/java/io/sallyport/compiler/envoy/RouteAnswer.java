package io.sallyport.compiler.envoy;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;

/** Why a route answers by itself, without anybody having asked for that; logs and local replies read it in its metadata. */
enum RouteAnswer {
    /** Routes or policies ask of the path, and it can be read in two ways. */
    AMBIGUOUS_PATH("ambiguous-path", 400),
    /** The host has routes, and none is meant. */
    NO_ROUTE("no-route", 404),
    /** The route that is meant leads where rules do not. */
    ESCAPES_RULES("route-escapes-rules", 403);

    private final String code;
    private final int status;

    RouteAnswer(String code, int status) {
        this.code = code;
        this.status = status;
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    /** That route, answering so. */
    Route.Builder by(Route.Builder route) {
        return route.setDirectResponse(DirectResponseAction.newBuilder()
                        .setStatus(status)
                        .setBody(DataSource.newBuilder().setInlineString(code)))
                .setMetadata(Metadata.newBuilder().putFilterMetadata(decision(), Struct.getDefaultInstance()));
    }

    /** Whether a request was answered so: an expression in CEL. */
    String condition() {
        return Reason.ANSWERED + " && '" + decision() + "' in xds.route_metadata.filter_metadata";
    }

    /** What it is called where it stands for a rule. */
    String decision() {
        return "sallyport/" + code;
    }
}
