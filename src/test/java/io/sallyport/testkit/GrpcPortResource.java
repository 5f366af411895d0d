package io.sallyport.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sallyport.local.Ports;
import java.util.Map;

/** Free ports for the program under test, so that several runs do not meet. */
public final class GrpcPortResource implements QuarkusTestResourceLifecycleManager {
    public static final String PROPERTY = "quarkus.grpc.server.test-port";

    @Override
    public Map<String, String> start() {
        return Map.of(PROPERTY, Integer.toString(Ports.free()), "quarkus.http.test-port", "0");
    }

    @Override
    public void stop() {
        // A port that was only looked for needs no end.
    }
}
