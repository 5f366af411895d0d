package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.sallyport.compiler.envoy.EnvoyResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One type of resource on one stream of the state of the world. Listeners and clusters are sent whole, since what is
 * not among them is removed; all else one by one.
 */
final class StateTypeSession implements TypeSession<DiscoveryRequest, DiscoveryResponse> {
    private static final String WHOLE = Subscription.EVERYTHING;

    private final WireType type;
    private final Subscription subscription = new Subscription();
    private final RefusedSecrets.OfAgent refusedBefore;
    private final SentResources sent = new SentResources();
    private SequencedMap<String, EnvoyResource> todo = new LinkedHashMap<>();
    private SortedMap<String, String> wholeBefore = Collections.emptySortedMap();
    private String wholeVersion = "";
    private String heldFromBefore = "";
    private boolean started;
    private boolean everNamed;
    private boolean wholeIsDue;
    private boolean oweFirstAnswer;
    private boolean resumed;

    StateTypeSession(WireType type, RefusedSecrets.OfAgent refusedBefore) {
        this.type = type;
        this.refusedBefore = refusedBefore;
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
        subscription.replace(everything ? List.of(Subscription.EVERYTHING) : names);
        if (!type.isStateful()) {
            sent.copyOfNames().stream()
                    .filter(name -> !subscription.covers(name))
                    .forEach(sent::forget);
        }
    }

    @Override
    public void compare(SortedMap<String, EnvoyResource> wanted, boolean holdBack, Lease endless) {
        if (type.isStateful()) {
            compareWhole(wanted, holdBack);
        } else {
            SortedMap<String, EnvoyResource> found = new TreeMap<>(type.order());
            namesIn(wanted).forEach(name -> compare(name, wanted, found));
            todo = new LinkedHashMap<>(found);
        }
    }

    private Collection<String> namesIn(SortedMap<String, EnvoyResource> wanted) {
        List<String> names = new ArrayList<>(subscription.names());
        if (subscription.isWildcard()) {
            names.addAll(wanted.keySet());
            names.addAll(sent.names());
        }
        return names;
    }

    private void compare(String name, SortedMap<String, EnvoyResource> wanted, SortedMap<String, EnvoyResource> found) {
        Optional<SentResources.Sent> before = sent.find(name);
        Optional<EnvoyResource> offer =
                Optional.ofNullable(wanted.get(name)).or(() -> before.flatMap(ignored -> type.inPlaceOfRemoved(name)));
        offer.filter(resource -> before.filter(known -> known.version().equals(resource.version()))
                        .filter(known -> !known.mustBeSentAgain())
                        .isEmpty())
                .ifPresent(resource -> offer(name, resource, found));
    }

    private void offer(String name, EnvoyResource resource, SortedMap<String, EnvoyResource> found) {
        if (refusedBefore.contains(name, resource.version())) {
            sent.assumeRefused(name, resource.version());
        } else {
            found.put(name, resource);
        }
    }

    private void compareWhole(SortedMap<String, EnvoyResource> wanted, boolean holdBack) {
        SequencedMap<String, EnvoyResource> whole = new LinkedHashMap<>(wanted);
        whole.keySet().removeIf(name -> !subscription.covers(name));
        String content = ContentVersion.of(whole.values());
        if (content.equals(heldFromBefore)) {
            sent.assume(WHOLE, version(content));
        }
        boolean keep = holdBack && !heldFromBefore.isEmpty();
        wholeIsDue = !keep
                && sent.find(WHOLE)
                        .filter(known -> known.version().equals(version(content)))
                        .filter(known -> !known.mustBeSentAgain())
                        .isEmpty();
        wholeVersion = content;
        todo = whole;
    }

    /** A client that asks for other names is answered, also where the answer is that there is nothing more. */
    private String version(String content) {
        return content + subscription.isWildcard() + subscription.names().hashCode();
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
        SortedMap<String, String> now = new TreeMap<>();
        todo.forEach((name, resource) -> now.put(name, resource.version()));
        Map<String, String> changed = new LinkedHashMap<>(now);
        changed.entrySet().removeAll(wholeBefore.entrySet());
        wholeBefore = now;
        wholeIsDue = false;
        heldFromBefore = "";
        sent.sent(nonce, Map.of(WHOLE, version(wholeVersion)));
        return Optional.of(new Outgoing<>(response(nonce, wholeVersion, todo.values()), changed));
    }

    private Optional<Outgoing<DiscoveryResponse>> nextSingle(String nonce) {
        if (todo.isEmpty()) {
            return firstAnswer(nonce);
        }
        Map.Entry<String, EnvoyResource> entry = todo.pollFirstEntry();
        String version = entry.getValue().version();
        sent.sent(nonce, Map.of(entry.getKey(), version));
        return Optional.of(
                new Outgoing<>(response(nonce, version, List.of(entry.getValue())), Map.of(entry.getKey(), version)));
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
        return isAllSent() && sent.isAnswered();
    }

    @Override
    public boolean isAccepted() {
        return isAllSent() && sent.isAccepted();
    }

    private boolean isAllSent() {
        return type.isStateful() ? !wholeIsDue : todo.isEmpty();
    }
}
