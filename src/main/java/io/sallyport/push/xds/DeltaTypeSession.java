package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.sallyport.compiler.envoy.EnvoyResource;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** One type of resource on one incremental stream. */
final class DeltaTypeSession implements TypeSession<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {

    private final WireType type;
    private final Subscription subscription = new Subscription();
    private final RefusedSecrets.OfAgent refusedBefore;
    private final SentResources sent = new SentResources();
    private final Renewals renewals = new Renewals();
    private SortedMap<String, EnvoyResource> wanted = Collections.emptySortedMap();
    private SequencedMap<String, Offer> todo = new LinkedHashMap<>();
    private boolean started;
    private boolean oweFirstAnswer;
    private boolean resumed;

    DeltaTypeSession(WireType type, RefusedSecrets.OfAgent refusedBefore) {
        this.type = type;
        this.refusedBefore = refusedBefore;
    }

    @Override
    public Optional<Refused> receive(DeltaDiscoveryRequest request) {
        boolean refused = request.hasErrorDetail();
        Collection<String> renewed = renewals.answered(request.getResponseNonce());
        if (refused) {
            renewed.forEach(sent::lost);
            rememberWhatCameAlone(sent.said(request.getResponseNonce()));
        }
        Collection<String> answered = sent.answered(request.getResponseNonce(), !refused);
        for (String name : List.copyOf(answered)) {
            remember(name);
            forgetIfDone(name);
        }
        if (!started) {
            start(request);
        } else {
            request.getResourceNamesSubscribeList().forEach(this::subscribe);
        }
        request.getResourceNamesUnsubscribeList().forEach(this::unsubscribe);
        return refused && renewed.isEmpty()
                ? Optional.of(new Refused(answered, request.getErrorDetail().getMessage()))
                : Optional.empty();
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
        resumed = request.getInitialResourceVersionsCount() > 0;
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

    // Also where something newer was sent meanwhile: it is not to come back.
    private void rememberWhatCameAlone(Map<String, String> versions) {
        if (versions.size() == 1) {
            versions.forEach((name, version) -> {
                if (!version.equals(SentResources.ABSENT)) {
                    refusedBefore.add(name, version);
                }
            });
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
                .filter(SentResources.ABSENT::equals)
                .isPresent();
        if (gone && !subscription.names(name)) {
            sent.forget(name);
        }
    }

    @Override
    public void compare(SortedMap<String, EnvoyResource> nowWanted, boolean holdBack, Lease lease) {
        wanted = nowWanted;
        SortedMap<String, Offer> found = new TreeMap<>(type.order());
        if (subscription.isWildcard()) {
            wanted.keySet().forEach(name -> compare(name, found, holdBack, lease));
        }
        subscription.names().forEach(name -> compare(name, found, holdBack, lease));
        sent.names().forEach(name -> compare(name, found, holdBack, lease));
        todo = new LinkedHashMap<>(found);
    }

    private void compare(String name, Map<String, Offer> found, boolean holdBack, Lease lease) {
        Optional<SentResources.Sent> before = sent.find(name);
        if (before.isPresent() && holdBack) {
            return;
        }
        Offer offer = offer(name, before);
        boolean same = before.filter(known -> known.version().equals(offer.version(type, name, lease)))
                .filter(known -> !known.mustBeSentAgain())
                .isPresent();
        if (same) {
            return;
        }
        String version = offer.version(type, name, lease);
        if (refusedBefore.contains(name, version)) {
            sent.assumeRefused(name, version);
        } else {
            found.put(name, offer);
        }
    }

    private Offer offer(String name, Optional<SentResources.Sent> before) {
        EnvoyResource resource = wanted.get(name);
        if (resource != null) {
            return new Offer.Present(resource);
        }
        boolean wasThere = before.filter(known -> !known.version().equals(SentResources.ABSENT))
                .isPresent();
        return wasThere
                ? type.inPlaceOfRemoved(name).<Offer>map(Offer.Present::new).orElseGet(Offer.Gone::new)
                : new Offer.Gone();
    }

    @Override
    public Optional<Outgoing<DeltaDiscoveryResponse>> next(String nonce, String revision, Lease lease) {
        DeltaResponse response = new DeltaResponse(type, nonce, revision, lease);
        Map<String, String> versions = new LinkedHashMap<>();
        int room = oweFirstAnswer ? type.bytesInFirstAnswer() : 1;
        Iterator<Map.Entry<String, Offer>> left = todo.entrySet().iterator();
        while (room > 0 && left.hasNext()) {
            Map.Entry<String, Offer> entry = left.next();
            if (mayBeSent(entry, versions, lease)) {
                left.remove();
                versions.put(entry.getKey(), entry.getValue().version(type, entry.getKey(), lease));
                room -= response.add(entry.getKey(), entry.getValue());
            }
        }
        if (versions.isEmpty() && !oweFirstAnswer) {
            return Optional.empty();
        }
        oweFirstAnswer = false;
        sent.sent(nonce, versions);
        return Optional.of(new Outgoing<>(response.build(), versions));
    }

    /** Removals go together, a resource goes alone but for the first answer, and nothing that nobody may believe. */
    private boolean mayBeSent(Map.Entry<String, Offer> entry, Map<String, String> versions, Lease lease) {
        return switch (entry.getValue()) {
            case Offer.Gone ignored -> true;
            case Offer.Present ignored ->
                (oweFirstAnswer || versions.isEmpty()) && !(lease.isOver() && lease.covers(type, entry.getKey()));
        };
    }

    @Override
    public Optional<Outgoing<DeltaDiscoveryResponse>> renewal(String nonce, String revision, Lease lease, Instant now) {
        if (!renewals.isDue(lease, now)) {
            return Optional.empty();
        }
        boolean late = renewals.isLate(now);
        renewals.promise(lease, now);
        SortedMap<String, String> held = sent.held(name -> lease.covers(type, name));
        if (late) {
            held.keySet().forEach(sent::lost);
            compare(wanted, false, lease);
            return next(nonce, revision, lease);
        }
        if (held.isEmpty()) {
            return Optional.empty();
        }
        renewals.sent(nonce, List.copyOf(held.keySet()));
        DeltaResponse response = new DeltaResponse(type, nonce, revision, lease);
        held.forEach(response::renew);
        return Optional.of(new Outgoing<>(response.build(), Map.of()));
    }

    @Override
    public Instant renewalDue(Lease lease) {
        return renewals.due(lease);
    }

    @Override
    public void sendAgain(String name) {
        sent.sendAgain(name);
    }

    @Override
    public SortedMap<String, String> parked() {
        SortedMap<String, String> parked = sent.refused();
        // What is to be sent in place of it is not that any more.
        parked.keySet().removeAll(todo.keySet());
        return parked;
    }

    @Override
    public void tryAgain(String name) {
        sent.tryAgain(name);
    }

    @Override
    public boolean isResumed() {
        return resumed;
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
