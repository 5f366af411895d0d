package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.sallyport.compiler.envoy.EnvoyResource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** One type of resource on one incremental stream. */
final class DeltaTypeSession implements TypeSession<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    private static final String ABSENT = SentResources.ABSENT;

    private final WireType type;
    private final Subscription subscription = new Subscription();
    private final RefusedSecrets.OfAgent refusedBefore;
    private final SentResources sent = new SentResources();
    private SortedMap<String, EnvoyResource> wanted = Collections.emptySortedMap();
    private SequencedMap<String, Offer> todo = new LinkedHashMap<>();
    private boolean started;
    private boolean oweFirstAnswer;

    /** What a name is to be sent: a resource, or the word that there is none. */
    private sealed interface Offer {
        record Present(EnvoyResource resource) implements Offer {}

        record Gone() implements Offer {}
    }

    DeltaTypeSession(WireType type, RefusedSecrets.OfAgent refusedBefore) {
        this.type = type;
        this.refusedBefore = refusedBefore;
    }

    @Override
    public String receive(DeltaDiscoveryRequest request) {
        boolean refused = request.hasErrorDetail();
        for (String name : sent.answered(request.getResponseNonce(), !refused)) {
            remember(name);
            forgetIfDone(name);
        }
        if (!started) {
            start(request);
        } else {
            request.getResourceNamesSubscribeList().forEach(this::subscribe);
        }
        request.getResourceNamesUnsubscribeList().forEach(this::unsubscribe);
        return refused ? request.getErrorDetail().getMessage() : "";
    }

    private void start(DeltaDiscoveryRequest request) {
        started = true;
        request.getResourceNamesSubscribeList().forEach(subscription::subscribe);
        if (request.getResourceNamesSubscribeCount() == 0 && type.hasLegacyWildcard()) {
            subscription.subscribe(Subscription.EVERYTHING);
        }
        request.getInitialResourceVersionsMap().forEach((name, version) -> {
            if (subscription.covers(name)) {
                sent.assume(name, version);
            }
        });
        oweFirstAnswer = subscription.isWildcard() && request.getInitialResourceVersionsCount() == 0;
    }

    private void subscribe(String name) {
        if (name.equals(Subscription.EVERYTHING) && !subscription.isWildcard()) {
            oweFirstAnswer = true;
        }
        subscription.subscribe(name);
        sent.sendAgain(name);
    }

    private void unsubscribe(String name) {
        if (!subscription.unsubscribe(name)) {
            return;
        }
        if (name.equals(Subscription.EVERYTHING)) {
            sent.copyOfNames().stream()
                    .filter(known -> !subscription.covers(known))
                    .forEach(sent::forget);
        } else if (subscription.isWildcard()) {
            sent.sendAgain(name);
        } else {
            sent.forget(name);
        }
    }

    private void remember(String name) {
        sent.find(name)
                .filter(known -> known.answer() == SentResources.Answer.REFUSED)
                .ifPresent(known -> refusedBefore.add(name, known.version()));
    }

    private void forgetIfDone(String name) {
        boolean gone = sent.find(name)
                .map(SentResources.Sent::version)
                .filter(ABSENT::equals)
                .isPresent();
        if (gone && !subscription.names(name)) {
            sent.forget(name);
        }
    }

    @Override
    public void compare(SortedMap<String, EnvoyResource> nowWanted, boolean holdBack) {
        wanted = nowWanted;
        SortedMap<String, Offer> found = new TreeMap<>(type.order());
        if (subscription.isWildcard()) {
            wanted.keySet().forEach(name -> compare(name, found, holdBack));
        }
        subscription.names().forEach(name -> compare(name, found, holdBack));
        sent.names().forEach(name -> compare(name, found, holdBack));
        todo = new LinkedHashMap<>(found);
    }

    private void compare(String name, Map<String, Offer> found, boolean holdBack) {
        Optional<SentResources.Sent> before = sent.find(name);
        if (before.isPresent() && holdBack) {
            return;
        }
        Offer offer = offer(name, before);
        boolean same = before.filter(known -> known.version().equals(version(offer)))
                .filter(known -> !known.mustBeSentAgain())
                .isPresent();
        if (same) {
            return;
        }
        if (refusedBefore.contains(name, version(offer))) {
            sent.assumeRefused(name, version(offer));
        } else {
            found.put(name, offer);
        }
    }

    private Offer offer(String name, Optional<SentResources.Sent> before) {
        EnvoyResource resource = wanted.get(name);
        if (resource != null) {
            return new Offer.Present(resource);
        }
        boolean wasThere =
                before.filter(known -> !known.version().equals(ABSENT)).isPresent();
        return wasThere
                ? type.inPlaceOfRemoved(name).<Offer>map(Offer.Present::new).orElseGet(Offer.Gone::new)
                : new Offer.Gone();
    }

    private static String version(Offer offer) {
        return switch (offer) {
            case Offer.Present present -> present.resource().version();
            case Offer.Gone ignored -> ABSENT;
        };
    }

    @Override
    public Optional<Outgoing<DeltaDiscoveryResponse>> next(String nonce, String revision) {
        if (todo.isEmpty() && !oweFirstAnswer) {
            return Optional.empty();
        }
        DeltaDiscoveryResponse.Builder response = DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(type.url())
                .setNonce(nonce)
                .setSystemVersionInfo(revision);
        Map<String, String> versions = new LinkedHashMap<>();
        int room = oweFirstAnswer ? type.bytesInFirstAnswer() : 1;
        while (room > 0
                && !todo.isEmpty()
                && (oweFirstAnswer || fits(todo.firstEntry().getValue(), versions))) {
            Map.Entry<String, Offer> entry = todo.pollFirstEntry();
            versions.put(entry.getKey(), version(entry.getValue()));
            room -= add(entry.getKey(), entry.getValue(), response);
        }
        oweFirstAnswer = false;
        sent.sent(nonce, versions);
        return Optional.of(new Outgoing<>(response.build(), versions));
    }

    /** Removals go together, a resource goes alone. */
    private static boolean fits(Offer offer, Map<String, String> versions) {
        return offer instanceof Offer.Gone || versions.isEmpty();
    }

    /** The bytes that it takes; names alone take none, as nobody can refuse them. */
    private static int add(String name, Offer offer, DeltaDiscoveryResponse.Builder response) {
        return switch (offer) {
            case Offer.Gone ignored -> {
                response.addRemovedResources(name);
                yield 0;
            }
            case Offer.Present(EnvoyResource resource) -> {
                response.addResources(Resource.newBuilder()
                        .setName(name)
                        .setVersion(resource.version())
                        .setResource(resource.body()));
                yield resource.body().getSerializedSize();
            }
        };
    }

    @Override
    public void sendAgain(String name) {
        sent.sendAgain(name);
    }

    @Override
    public boolean isAnswered() {
        return todo.isEmpty() && sent.isAnswered();
    }

    @Override
    public boolean isAccepted() {
        return todo.isEmpty() && sent.isAccepted();
    }
}
