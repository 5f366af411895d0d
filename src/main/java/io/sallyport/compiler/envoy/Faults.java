package io.sallyport.compiler.envoy;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.common.fault.v3.FaultDelay;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.FaultAbort;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.sallyport.domain.route.RouteFilter.Fault;

/** Failures on purpose. The filter is always there, and does nothing where no route asks for it. */
final class Faults {
    /** By which routes ask. */
    static final String FILTER = "sallyport/fault";

    private Faults() {}

    static HTTPFault none() {
        return HTTPFault.newBuilder().setDisableDownstreamClusterStats(true).build();
    }

    static Any of(Fault fault) {
        HTTPFault.Builder message = none().toBuilder();
        fault.delay()
                .forEach(delay -> message.setDelay(FaultDelay.newBuilder()
                        .setFixedDelay(Durations.of(delay.fixedDelay()))
                        .setPercentage(Percentages.of(delay.percent()))));
        fault.abort()
                .forEach(abort -> message.setAbort(FaultAbort.newBuilder()
                        .setHttpStatus(abort.status())
                        .setPercentage(Percentages.of(abort.percent()))));
        return Encoding.any(message.build());
    }
}
