package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.sallyport.compiler.envoy.EnvoyResource;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * One type of resource on one stream of the state of the world. Listeners and clusters are sent whole, since what is
 * not among them is removed; all else one by one.
 */
final class StateTypeSession implements TypeSession<DiscoveryRequest, DiscoveryResponse> {
    private static final String WHOLE = Subscription.EVERYTHING;

    private final WireType type;
    private final Subscription subscription;
    private final RefusedSecrets.OfAgent refusedBefore;
    private final SentResources sent;
    private final NavigableSet<String> todo;
    private Content wanted = Content.EMPTY;
    private Content whole = Content.EMPTY;
    private Content wholeBefore = Content.EMPTY;
    private int wholeOf;
    private String heldFromBefore = "";
    private boolean started;
    private boolean everNamed;
    private boolean wholeIsDue;
    private boolean oweFirstAnswer;
    private boolean resumed;

    StateTypeSession(WireType type, RefusedSecrets.OfAgent refusedBefore, SharedNames sharing) {
        this.type = type;
        this.refusedBefore = refusedBefore;
        this.subscription = new Subscription(sharing);
        this.sent = new SentResources(type, subscription, false);
        this.todo = new TreeSet<>(type.order());
    }

    @Override
    public Optional<Refused> receive(DiscoveryRequest request) {
        Collection<String> answered = sent.answered(request.getResponseNonce(), !request.hasErrorDetail());
        answered.forEach(this::remember);
        if (!started) {
            started = true;
            heldFromBefore = request.getVersionInfo();
            resumed = !heldFromBefore.isEmpty();
            oweFirstAnswer = type.known().isEmpty();
        }
        subscribe(request.getResourceNamesList());
        List<String> names =
                answered.stream().filter(name -> !name.equals(WHOLE)).toList();
        return request.hasErrorDetail()
                ? Optional.of(new Refused(names, request.getErrorDetail().getMessage()))
                : Optional.empty();
    }

    private void remember(String name) {
        sent.find(name)
                .filter(known -> known.answer() == SentResources.Answer.REFUSED)
                .ifPresent(known -> refusedBefore.add(name, known.version()));
    }

    private void subscribe(List<String> names) {
        everNamed |= !names.isEmpty();
        boolean everything = names.isEmpty() && !everNamed && type.hasLegacyWildcard();
        sent.subscribeOnlyTo(everything ? List.of(Subscription.EVERYTHING) : names);
        subscription.settle();
    }

    @Override
    public void compare(Content nowWanted, boolean holdBack, Lease endless) {
        if (type.isStateful()) {
            compareWhole(nowWanted, holdBack);
            return;
        }
        wanted = nowWanted;
        sent.leadTo(nowWanted, endless);
        sent.takeTouched().forEach(this::look);
    }

    private void look(String name) {
        todo.remove(name);
        Optional<SentResources.Sent> before = sent.find(name);
        boolean isWanted = subscription.covers(name) || before.isPresent();
        Optional<EnvoyResource> offer = isWanted ? offer(name, before) : Optional.empty();
        offer.filter(resource -> before.filter(known -> known.version().equals(resource.version()))
                        .filter(known -> !known.mustBeSentAgain())
                        .isEmpty())
                .ifPresent(resource -> todo(name, resource));
    }

    private Optional<EnvoyResource> offer(String name, Optional<SentResources.Sent> before) {
        return wanted.find(name).or(() -> before.flatMap(ignored -> type.inPlaceOfRemoved(name)));
    }

    private void todo(String name, EnvoyResource resource) {
        if (refusedBefore.contains(name, resource.version())) {
            sent.assumeRefused(name, resource.version());
        } else {
            todo.add(name);
        }
    }

    private void compareWhole(Content nowWanted, boolean holdBack) {
        sent.takeTouched();
        if (wanted != nowWanted || wholeOf != subscription.changes()) {
            wanted = nowWanted;
            wholeOf = subscription.changes();
            whole = subscription.isWildcard() ? wanted : wanted.only(subscription::covers);
        }
        if (whole.version().equals(heldFromBefore)) {
            sent.assume(WHOLE, version());
        }
        boolean keep = holdBack && !heldFromBefore.isEmpty();
        wholeIsDue = !keep
                && sent.find(WHOLE)
                        .filter(known -> known.version().equals(version()))
                        .filter(known -> !known.mustBeSentAgain())
                        .isEmpty();
    }

    /** A client that asks for other names is answered, also where the answer is that there is nothing more. */
    private String version() {
        return whole.version() + subscription.fingerprint();
    }

    @Override
    public Optional<Outgoing<DiscoveryResponse>> next(String nonce, String revision, Lease endless) {
        return type.isStateful() ? nextWhole(nonce) : nextSingle(nonce);
    }

    // A time limit in the state of the world crashes Envoy, so gateways that are to lapse are not served this way.
    @Override
    public Optional<Outgoing<DiscoveryResponse>> renewal(String nonce, String revision, Lease endless, Instant now) {
        return Optional.empty();
    }

    @Override
    public Instant renewalDue(Lease endless) {
        return Instant.MAX;
    }

    private Optional<Outgoing<DiscoveryResponse>> nextWhole(String nonce) {
        if (!wholeIsDue) {
            return Optional.empty();
        }
        Map<String, String> changed = new LinkedHashMap<>();
        whole.changedSince(wholeBefore)
                .forEach(name -> whole.find(name).ifPresent(resource -> changed.put(name, resource.version())));
        wholeBefore = whole;
        wholeIsDue = false;
        heldFromBefore = "";
        sent.sent(nonce, Map.of(WHOLE, version()));
        return Optional.of(
                new Outgoing<>(whole.whole(type).toBuilder().setNonce(nonce).build(), changed));
    }

    private Optional<Outgoing<DiscoveryResponse>> nextSingle(String nonce) {
        if (todo.isEmpty()) {
            return firstAnswer(nonce);
        }
        String name = todo.removeFirst();
        EnvoyResource resource = offer(name, sent.find(name)).orElseThrow();
        sent.sent(nonce, Map.of(name, resource.version()));
        return Optional.of(new Outgoing<>(
                response(nonce, resource.version(), List.of(resource)), Map.of(name, resource.version())));
    }

    private Optional<Outgoing<DiscoveryResponse>> firstAnswer(String nonce) {
        if (!oweFirstAnswer) {
            return Optional.empty();
        }
        oweFirstAnswer = false;
        return Optional.of(new Outgoing<>(response(nonce, ContentVersion.of(List.of()), List.of()), Map.of()));
    }

    private DiscoveryResponse response(String nonce, String version, Collection<EnvoyResource> resources) {
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder()
                .setTypeUrl(type.url())
                .setNonce(nonce)
                .setVersionInfo(version);
        resources.forEach(resource -> response.addResources(resource.body()));
        return response.build();
    }

    @Override
    public void sendAgain(String name) {
        sent.sendAgain(name);
    }

    @Override
    public SortedMap<String, String> parked() {
        SortedMap<String, String> parked = sent.refused();
        if (type.isStateful() && wholeIsDue) {
            parked.clear();
        }
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
        return isAllSent() && sent.isAnswered();
    }

    @Override
    public boolean isAccepted() {
        return isAllSent() && sent.isAccepted();
    }

    private boolean isAllSent() {
        return type.isStateful() ? !wholeIsDue : todo.isEmpty();
    }

    @Override
    public int exceptions() {
        return sent.exceptions() + todo.size();
    }
}
