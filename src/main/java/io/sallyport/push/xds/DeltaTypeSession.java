package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.sallyport.compiler.envoy.EnvoyResource;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** One type of resource on one incremental stream. */
final class DeltaTypeSession implements TypeSession<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {

    private final WireType type;
    private final Subscription subscription;
    private final RefusedSecrets.OfAgent refusedBefore;
    private final SentResources sent;
    private final Renewals renewals = new Renewals();
    private final NavigableSet<String> todo;
    private Content wanted = Content.EMPTY;
    private boolean heldBack;
    private boolean started;
    private boolean oweFirstAnswer;
    private boolean resumed;

    DeltaTypeSession(WireType type, RefusedSecrets.OfAgent refusedBefore, SharedNames sharing) {
        this.type = type;
        this.refusedBefore = refusedBefore;
        this.subscription = new Subscription(sharing);
        this.sent = new SentResources(type, subscription, true);
        this.todo = new TreeSet<>(type.order());
    }

    @Override
    public Optional<Refused> receive(DeltaDiscoveryRequest request) {
        boolean refused = request.hasErrorDetail();
        Collection<String> renewed = renewals.answered(request.getResponseNonce());
        Map<String, String> about = sent.takeSaid(request.getResponseNonce());
        if (refused) {
            renewed.forEach(sent::lost);
            rememberWhatCameAlone(about);
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
        subscription.settle();
        return refused && renewed.isEmpty()
                ? Optional.of(new Refused(answered, request.getErrorDetail().getMessage()))
                : Optional.empty();
    }

    private void start(DeltaDiscoveryRequest request) {
        started = true;
        request.getResourceNamesSubscribeList().forEach(sent::subscribe);
        if (request.getResourceNamesSubscribeCount() == 0 && type.hasLegacyWildcard()) {
            sent.subscribe(Subscription.EVERYTHING);
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
        sent.subscribe(name);
        sent.sendAgain(name);
    }

    private void unsubscribe(String name) {
        boolean known = sent.unsubscribe(name);
        if (known && !name.equals(Subscription.EVERYTHING) && subscription.isWildcard()) {
            sent.sendAgain(name);
        }
    }

    // Also where something newer was sent meanwhile: it is not to come back.
    private void rememberWhatCameAlone(Map<String, String> versions) {
        versions.forEach((name, version) -> {
            if (!version.equals(SentResources.ABSENT)) {
                refusedBefore.add(name, version);
            }
        });
    }

    private void remember(String name) {
        sent.find(name)
                .filter(known -> known.answer() == SentResources.Answer.REFUSED)
                .ifPresent(known -> refusedBefore.add(name, known.version()));
    }

    // What is gone and was accepted as such is as what never was, unless it is asked for by name.
    private void forgetIfDone(String name) {
        boolean gone = sent.find(name)
                .filter(known -> known.answer() == SentResources.Answer.ACCEPTED)
                .map(SentResources.Sent::version)
                .filter(version -> version.equals(SentResources.ABSENT) || WireType.isInPlaceOfRemoved(version))
                .isPresent();
        if (gone && !subscription.names(name) && !wanted.has(name)) {
            sent.forget(name);
        }
    }

    @Override
    public void compare(Content nowWanted, boolean holdBack, Lease lease) {
        wanted = nowWanted;
        sent.leadTo(nowWanted, lease);
        if (heldBack != holdBack) {
            heldBack = holdBack;
            sent.touchAll();
        }
        sent.takeTouched().forEach(name -> look(name, lease));
    }

    private void look(String name, Lease lease) {
        todo.remove(name);
        Optional<SentResources.Sent> before = sent.find(name);
        if (before.isPresent() ? heldBack : !isAskedFor(name)) {
            return;
        }
        String version = offer(name, before).version(type, name, lease);
        boolean same = before.filter(known -> known.version().equals(version))
                .filter(known -> !known.mustBeSentAgain())
                .isPresent();
        if (same) {
            return;
        }
        if (refusedBefore.contains(name, version)) {
            sent.assumeRefused(name, version);
        } else {
            todo.add(name);
        }
    }

    private boolean isAskedFor(String name) {
        return subscription.names(name) || (subscription.isWildcard() && wanted.has(name));
    }

    private Offer offer(String name, Optional<SentResources.Sent> before) {
        Optional<EnvoyResource> resource = wanted.find(name);
        if (resource.isPresent()) {
            return new Offer.Present(resource.get());
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
        Iterator<String> left = todo.iterator();
        while (room > 0 && left.hasNext()) {
            String name = left.next();
            Offer offer = offer(name, sent.find(name));
            if (mayBeSent(name, offer, versions, lease)) {
                left.remove();
                versions.put(name, offer.version(type, name, lease));
                room -= response.add(name, offer);
                tellOfAbsence(name, offer, response);
            }
        }
        if (versions.isEmpty() && !oweFirstAnswer) {
            return Optional.empty();
        }
        oweFirstAnswer = false;
        sent.sent(nonce, versions);
        return Optional.of(new Outgoing<>(response.build(), versions));
    }

    /** What is gone is removed; of what never was there the client is told besides that it waits for nothing. */
    private void tellOfAbsence(String name, Offer offer, DeltaResponse response) {
        switch (offer) {
            case Offer.Gone ignored -> {
                boolean never = sent.find(name)
                        .filter(known -> !known.version().equals(SentResources.ABSENT))
                        .isEmpty();
                if (never && subscription.names(name)) {
                    response.addNotFound(name);
                }
            }
            case Offer.Present ignored -> {}
        }
    }

    /** Removals go together, a resource goes alone but for the first answer, and nothing that nobody may believe. */
    private boolean mayBeSent(String name, Offer offer, Map<String, String> versions, Lease lease) {
        return switch (offer) {
            case Offer.Gone ignored -> true;
            case Offer.Present ignored ->
                (oweFirstAnswer || versions.isEmpty()) && !(lease.isOver() && lease.covers(type, name));
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
        parked.keySet().removeIf(todo::contains);
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

    @Override
    public int exceptions() {
        return sent.exceptions() + todo.size();
    }
}
