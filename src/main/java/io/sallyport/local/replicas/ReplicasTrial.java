package io.sallyport.local.replicas;

import io.sallyport.local.ControlPlane;
import io.sallyport.local.EncryptionKey;
import io.sallyport.local.LocalIssuer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Replicas on one database, agents that move among them, writes that go on, and nothing that stays up. */
final class ReplicasTrial implements AutoCloseable {
    private static final Duration CONVERGENCE = Duration.ofSeconds(90);
    private static final Pattern HASH = Pattern.compile("\"version\" ?: ?\"[0-9]+\\.([0-9a-f]+)\"");

    private final Tally tally = new Tally();
    private final Lanes lanes = new Lanes();
    private final LocalIssuer issuer;
    private final Database database;
    private final List<Replica> replicas;
    private final List<Agent> agents;
    private final Writer writer;
    private final Reader reader;
    private final Havoc havoc;
    private final Api api;

    ReplicasTrial(int replicaCount, int agentCount, long seed, Path folder) {
        issuer = LocalIssuer.start();
        database = new Database(folder, tally);
        database.start();
        Map<String, String> settings = settings();
        replicas = IntStream.range(0, replicaCount)
                .mapToObj(number -> new Replica("replica-" + number, settings, folder))
                .toList();
        api = new Api(issuer.userToken("admin"));
        String agentToken = issuer.clientToken("gateway-trial");
        agents = IntStream.range(0, agentCount)
                .mapToObj(number -> new Agent("agent-" + number, replicas, agentToken, tally, seed + 100 + number))
                .toList();
        writer = new Writer(api, replicas, lanes, tally, seed + 1);
        reader = new Reader(api, replicas, tally, seed + 2);
        havoc = new Havoc(replicas, database, api, tally, seed + 3);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(ControlPlane.BRIEF);
        settings.putAll(database.settings());
        settings.put("SALLYPORT_ISSUER", issuer.issuerUri().toString());
        settings.put("SALLYPORT_ENCRYPTION_KEY", EncryptionKey.random());
        settings.put("SALLYPORT_DRAIN_SPREAD", "1s");
        return settings;
    }

    Outcome run(Duration time) {
        replicas.forEach(Replica::start);
        replicas.forEach(Replica::awaitReady);
        writer.foundation();
        List<Thread> working = new ArrayList<>();
        working.add(Thread.startVirtualThread(writer::writeUntilStopped));
        working.add(Thread.startVirtualThread(reader::readUntilStopped));
        List<Thread> living = agents.stream()
                .map(agent -> Thread.startVirtualThread(agent::live))
                .toList();
        havoc.wreak(time);
        havoc.heal();
        writer.stop();
        reader.stop();
        working.forEach(ReplicasTrial::join);
        agents.forEach(Agent::calmDown);
        awaitConvergence();
        compareReplicas();
        agents.forEach(Agent::stop);
        living.forEach(ReplicasTrial::join);
        return tally.outcome();
    }

    private void awaitConvergence() {
        Instant began = Instant.now();
        Set<String> wanted = lanes.names();
        tally.most("names-in-effect", wanted.size());
        while (isApart(wanted)) {
            if (Instant.now().isAfter(began.plus(CONVERGENCE))) {
                agents.stream()
                        .map(agent -> agent.difference(wanted))
                        .filter(difference -> !difference.isEmpty())
                        .forEach(difference -> tally.finding("not in effect at the end: " + difference));
                return;
            }
            Wait.of(Duration.ofMillis(50));
        }
        tally.most("converged-millis", Duration.between(began, Instant.now()).toMillis());
    }

    private boolean isApart(Set<String> wanted) {
        return agents.stream().anyMatch(agent -> !agent.difference(wanted).isEmpty());
    }

    private void compareReplicas() {
        Set<String> hashes = replicas.stream()
                .map(replica -> api.get(replica, "/api/v1/namespaces/edge/egress-gateways/internet/snapshot")
                        .map(HttpResponse::body)
                        .map(ReplicasTrial::hash)
                        .orElse("no answer"))
                .collect(Collectors.toSet());
        if (hashes.size() != 1 || hashes.contains("")) {
            tally.finding("replicas serve different snapshots: " + hashes);
        }
    }

    private static String hash(String snapshot) {
        Matcher matcher = HASH.matcher(snapshot);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        havoc.close();
        replicas.forEach(Replica::close);
        database.close();
        issuer.close();
    }
}
