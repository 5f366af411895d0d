package io.sallyport.push.xds;

import com.google.protobuf.util.Durations;
import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.testkit.EnvoySnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A session and the client at its other end, in words: {@code CLUSTER +a=1 -b} is one response, {@code ?a=1 3s} a renewal. */
final class DeltaDialogue {
    private final Session<DeltaDiscoveryRequest, DeltaDiscoveryResponse> session;
    private final List<DeltaDiscoveryResponse> unanswered = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private Duration silence = Duration.ZERO;

    DeltaDialogue(EnvoySnapshot first) {
        this(first, new RefusedSecrets());
    }

    /** With an Envoy that may have refused secrets before. */
    DeltaDialogue(EnvoySnapshot first, RefusedSecrets refusedSecrets) {
        this(first, refusedSecrets, Unguarded.of(first), DeltaDialogue::mixed);
    }

    DeltaDialogue(EnvoySnapshot first, RefusedSecrets refusedSecrets, Firewall firewall, Passage.Overlap overlap) {
        session = new Session<>(
                Variant.DELTA,
                new Contents(overlap),
                refusedSecrets.of("envoy"),
                new StreamLedger("envoy", new AgentRegistry()),
                firewall,
                first,
                first.source().version());
    }

    private static java.util.SortedMap<String, EnvoyResource> mixed(List<EnvoySnapshot> older, EnvoySnapshot target) {
        EnvoySnapshots mixed = EnvoySnapshots.at(0);
        target.ofType(ResourceType.EXTENSION_CONFIG)
                .forEach((name, resource) -> mixed.with(
                        ResourceType.EXTENSION_CONFIG,
                        name,
                        Stream.concat(
                                        Stream.of(resource.version()),
                                        older.stream()
                                                .flatMap(snapshot -> Stream.ofNullable(
                                                                snapshot.ofType(ResourceType.EXTENSION_CONFIG)
                                                                        .get(name))
                                                        .map(EnvoyResource::version)))
                                .distinct()
                                .collect(Collectors.joining("|"))));
        return mixed.build().ofType(ResourceType.EXTENSION_CONFIG);
    }

    DeltaDialogue asks(ResourceType type, String... names) {
        return sends(request(type).addAllResourceNamesSubscribe(List.of(names)));
    }

    DeltaDialogue resumes(ResourceType type, Map<String, String> versions, String... names) {
        return sends(
                request(type).addAllResourceNamesSubscribe(List.of(names)).putAllInitialResourceVersions(versions));
    }

    DeltaDialogue drops(ResourceType type, String... names) {
        return sends(request(type).addAllResourceNamesUnsubscribe(List.of(names)));
    }

    DeltaDialogue sends(DeltaDiscoveryRequest.Builder request) {
        session.receive(request.getTypeUrl(), request.build());
        return this;
    }

    DeltaDialogue accepts() {
        return answers(Optional.empty());
    }

    DeltaDialogue refuses() {
        return answers(Optional.of("no"));
    }

    /** Answers all that was heard and not answered. */
    private DeltaDialogue answers(Optional<String> refusal) {
        List<DeltaDiscoveryResponse> all = List.copyOf(unanswered);
        unanswered.clear();
        all.forEach(response -> answer(response, refusal));
        return this;
    }

    void answer(DeltaDiscoveryResponse response, Optional<String> refusal) {
        DeltaDiscoveryRequest.Builder answer = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce());
        refusal.ifPresent(
                reason -> answer.setErrorDetail(Status.newBuilder().setCode(13).setMessage(reason)));
        sends(answer);
    }

    DeltaDialogue movesTo(EnvoySnapshot target) {
        session.aimAt(target, target.source().version());
        return this;
    }

    DeltaDialogue waits() {
        now = now.plus(Passage.PATIENCE);
        return this;
    }

    DeltaDialogue waits(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** The server has not heard of its store for so long. */
    DeltaDialogue afterSilence(Duration ofStore) {
        silence = ofStore;
        return this;
    }

    Instant now() {
        return now;
    }

    List<String> hears() {
        return hearsRaw().stream().map(DeltaDialogue::words).toList();
    }

    List<DeltaDiscoveryResponse> hearsRaw() {
        List<DeltaDiscoveryResponse> heard = new ArrayList<>();
        for (var next = session.next(now, silence); next.isPresent(); next = session.next(now, silence)) {
            heard.add(next.get());
        }
        unanswered.addAll(heard);
        return heard;
    }

    Session<DeltaDiscoveryRequest, DeltaDiscoveryResponse> session() {
        return session;
    }

    static DeltaDiscoveryRequest.Builder request(ResourceType type) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl());
    }

    private static String words(DeltaDiscoveryResponse response) {
        String type = ResourceType.ofTypeUrl(response.getTypeUrl())
                .map(ResourceType::name)
                .orElse(response.getTypeUrl());
        return Stream.of(
                        Stream.of(type),
                        response.getResourcesList().stream().map(DeltaDialogue::words),
                        response.getRemovedResourcesList().stream().map(name -> " -" + name))
                .flatMap(part -> part)
                .collect(Collectors.joining());
    }

    private static String words(Resource resource) {
        String limit = resource.hasTtl() ? " " + Durations.toString(resource.getTtl()) : "";
        String mark = resource.hasResource() ? " +" : " ?";
        return mark + resource.getName() + "=" + resource.getVersion() + limit;
    }
}
