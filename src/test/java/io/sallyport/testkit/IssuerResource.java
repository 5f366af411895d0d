package io.sallyport.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sallyport.local.LocalIssuer;
import java.util.Map;

/** The local issuer for tests: one process for the whole run, started by whoever needs it first. */
public final class IssuerResource implements QuarkusTestResourceLifecycleManager {

    /** Ends with the test run, since the process hangs on ours. */
    public static LocalIssuer issuer() {
        return Holder.ISSUER;
    }

    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.oidc.auth-server-url", issuer().issuerUri().toString());
    }

    @Override
    public void stop() {
        // Other test classes go on with the same issuer.
    }

    private static final class Holder {
        private static final LocalIssuer ISSUER = LocalIssuer.start();
    }
}
