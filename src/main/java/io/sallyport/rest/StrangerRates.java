package io.sallyport.rest;

import io.sallyport.domain.FailureException;
import io.sallyport.rest.problem.FailureMapper;
import io.sallyport.rest.problem.ProblemBody;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * How often an address may ask without having proven who it is: what is refused for its token, and the pages that need none.
 * Who has a good token never suffers from others behind the same address.
 */
// A proxy, since filters are made before settings are read.
@ApplicationScoped
public class StrangerRates {
    private static final int AFTER_REQUEST_IDS = -999;
    private static final int BYTES_OF_A_NETWORK = 8;

    private final CallerRates rates;

    @Inject
    StrangerRates(RateSettings settings) {
        this.rates = new CallerRates(
                "An address without a good token",
                settings.strangers().requestsPerSecond(),
                settings.strangers().burst(),
                System::nanoTime);
    }

    /** Throws {@code Busy} where the address has asked too often. */
    void take(RoutingContext routing) {
        take(routing.request().remoteAddress().hostAddress());
    }

    void take(String address) {
        rates.take(network(address));
    }

    void install(@Observes Router router) {
        router.route("/q/*").order(AFTER_REQUEST_IDS).handler(this::page);
    }

    private void page(RoutingContext routing) {
        String path = routing.normalizedPath();
        if (path.startsWith("/q/health") || path.startsWith("/q/metrics")) {
            routing.next();
            return;
        }
        try {
            take(routing);
            routing.next();
        } catch (FailureException busy) {
            refuse(routing, FailureMapper.toProblem(busy.failure()).toResponse());
        }
    }

    private static void refuse(RoutingContext routing, Response problem) {
        routing.response()
                .setStatusCode(problem.getStatus())
                .putHeader(HttpHeaders.CONTENT_TYPE, problem.getHeaderString(HttpHeaders.CONTENT_TYPE))
                .putHeader(HttpHeaders.RETRY_AFTER, problem.getHeaderString(HttpHeaders.RETRY_AFTER))
                .end(((ProblemBody) problem.getEntity()).of(RequestIds.of(routing)));
    }

    // Whoever has one address of IPv6 has a network of them.
    static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(BYTES_OF_A_NETWORK, bytes.length));
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }
}
