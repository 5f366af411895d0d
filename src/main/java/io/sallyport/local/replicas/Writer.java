package io.sallyport.local.replicas;

import io.sallyport.local.replicas.Lanes.Lane;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Writes without end, at any replica, each thing until it is acknowledged. */
final class Writer {
    private static final String RULES = "/api/v1/namespaces/shop/egress-rules/";
    private static final int PAUSE_MILLIS = 40;

    private final Api api;
    private final List<Replica> replicas;
    private final Lanes lanes;
    private final Tally tally;
    private final Random random;
    private volatile boolean isStopping;

    Writer(Api api, List<Replica> replicas, Lanes lanes, Tally tally, long seed) {
        this.api = api;
        this.replicas = replicas;
        this.lanes = lanes;
        this.tally = tally;
        this.random = new Random(seed);
    }

    void stop() {
        isStopping = true;
    }

    /** What everything else refers to. */
    void foundation() {
        until(
                "foundation",
                replica -> api.put(
                        replica,
                        "/api/v1/namespaces/edge",
                        "{apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: edge}, spec: {}}"));
        until("foundation", replica -> api.put(replica, "/api/v1/namespaces/shop", """
                {apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: shop}, spec: {scopes: {cidrs: [127.0.0.2/32]}}}"""));
        until("foundation", replica -> api.put(replica, "/api/v1/namespaces/edge/egress-gateways/internet", """
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: edge, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: gateway-trial}]}
                  allowedNamespaces: {from: All}
                  addressPolicy: {permit: [127.0.0.0/8]}
                  ruleBuckets: 4
                  listeners: [{name: http, address: 127.0.0.1, port: 10080, protocol: HTTP}]
                """));
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            move(lane);
        }
    }

    void writeUntilStopped() {
        while (!isStopping) {
            int lane = random.nextInt(Lanes.COUNT);
            switch (random.nextInt(8)) {
                case 0 -> move(lane);
                case 1 -> close(lane);
                default -> renew(lane);
            }
            Wait.of(Duration.ofMillis(PAUSE_MILLIS));
        }
    }

    /** Another host, and the one before is no more; the rule goes first, as its name would come back with the new host. */
    private void move(int number) {
        close(number);
        Lane lane = lanes.lane(number);
        int host = lane.host() + 1;
        until(
                "move",
                replica -> api.put(replica, "/api/v1/namespaces/shop/destinations/d" + number, """
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: shop, name: d%d}
                spec:
                  hosts: [%s]
                  ports: [{number: 80, protocol: HTTP, targetPort: 18080}]
                  resolution: Static
                  endpoints: [{address: 127.0.0.1}]
                """.formatted(
                                number, Lanes.host(number, host))));
        lanes.acknowledged(number, new Lane(host, lane.rule(), lane.isOpen()));
    }

    /** A new rule, then the one before is revoked. */
    private void renew(int number) {
        Lane lane = lanes.lane(number);
        int next = lane.rule() + 1;
        until(
                "allow",
                replica -> api.put(
                        replica, RULES + Lanes.rule(number, next), """
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: shop, name: %s}
                spec:
                  gatewayRef: {namespace: edge, name: internet}
                  action: Allow
                  from: [{ipBlocks: [127.0.0.2/32]}]
                  to: [{destinationRef: {name: d%d}}]
                """.formatted(Lanes.rule(number, next), number)));
        if (lane.isOpen()) {
            revoke(number, lane.rule());
        }
        lanes.acknowledged(number, new Lane(lane.host(), next, true));
    }

    private void close(int number) {
        Lane lane = lanes.lane(number);
        if (lane.isOpen()) {
            revoke(number, lane.rule());
            lanes.acknowledged(number, new Lane(lane.host(), lane.rule(), false));
        }
    }

    private void revoke(int lane, int rule) {
        until("revoke", replica -> api.delete(replica, RULES + Lanes.rule(lane, rule)));
    }

    // A revocation that was done without an answer is not found when it is asked for again.
    private void until(String what, Function<Replica, Optional<HttpResponse<String>>> ask) {
        Instant began = Instant.now();
        while (true) {
            Replica replica = replicas.get(random.nextInt(replicas.size()));
            Optional<HttpResponse<String>> answer = replica.isUp() ? ask.apply(replica) : Optional.empty();
            int status = answer.map(HttpResponse::statusCode).orElse(0);
            if (status / 100 == 2 || (status == 404 && what.equals("revoke"))) {
                tally.count("writes");
                tally.most(
                        "longest-write-seconds",
                        Duration.between(began, Instant.now()).toSeconds());
                return;
            }
            tally.count(status == 0 ? "write-tries-unanswered" : "write-tries-answered-" + status);
            if (answer.isPresent() && status != 503 && status != 409) {
                tally.finding("%s at %s answered %d: %s"
                        .formatted(what, replica, status, answer.get().body()));
                return;
            }
            if (status == 503
                    && answer.flatMap(found -> found.headers().firstValue("Retry-After"))
                            .isEmpty()) {
                tally.finding("503 without Retry-After at " + replica);
            }
            Wait.of(Duration.ofMillis(PAUSE_MILLIS * 3L));
        }
    }
}
