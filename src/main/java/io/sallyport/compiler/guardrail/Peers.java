package io.sallyport.compiler.guardrail;

import io.sallyport.compiler.explain.SourceView;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.network.SpiffeId;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One source of every sort that classes tell apart at a listener. */
record Peers(Collection<SourceClass> classes, ListenerSnapshot listener) {
    // No name that anybody would give.
    private static final String STRANGER = "any-0f3c";
    private static final String SOMEWHERE = "spiffe://" + STRANGER + ".invalid/";
    private static final PrincipalPattern SOMEBODY = new PrincipalPattern(SOMEWHERE + "*");
    private static final String LETTERS = "xyzwvutsrqponmlkjihgfedcbaXYZWVUTSRQPONMLKJIHGFEDCBA9876543210_-.";

    /** Of those whose flows are meant; who is of the same sort as one before is left out. */
    List<Peer> ofEachSort(Meaning flows) {
        List<SourceClass> known = List.copyOf(classes);
        SourceView view = new SourceView(known);
        Set<Sort> seen = new HashSet<>();
        return all().filter(peer -> {
                    Sort sort =
                            Sort.of(peer, view.places(peer, listener).boxed().toList());
                    return flows.areOfOne(sort.places().stream().map(known::get)) && seen.add(sort);
                })
                .toList();
    }

    /** All that anybody looks at of a source. */
    private record Sort(List<Integer> places, boolean isCertified, List<String> issuer) {
        static Sort of(Peer peer, List<Integer> places) {
            return new Sort(
                    places,
                    !peer.certificate().isEmpty(),
                    peer.token().stream().map(Sort::issuer).toList());
        }

        private static String issuer(Peer.Token token) {
            return switch (token) {
                case Peer.Token.Proven proven -> proven.identity().issuer();
                case Peer.Token.Unproven unproven -> "";
            };
        }
    }

    private Stream<Peer> all() {
        if (listener.listener().isMutual()) {
            return certified();
        }
        return Stream.concat(addressed(), listener.jwt().isEmpty() ? Stream.of() : named());
    }

    private Stream<Peer> addressed() {
        Stream<Cidr> ranges = classes.stream()
                .flatMap(one -> Stream.concat(one.identities().ranges().stream(), one.ipBlocks().stream()));
        return Addresses.telling(ranges.toList()).stream().map(Peer::at);
    }

    private Stream<Peer> certified() {
        Stream<String> names = Stream.concat(patterns(), Stream.of(SOMEBODY))
                .filter(PrincipalPattern::isOfCertificates)
                .flatMap(this::somebodyOf)
                .filter(SpiffeId::isValid)
                .distinct();
        Set<IpAddress> from = blocks();
        return names.flatMap(name ->
                from.stream().map(address -> Peer.at(address).with(new Peer.Certificate.Proven(List.of(name)))));
    }

    private Stream<Peer> named() {
        Set<IpAddress> from = blocks();
        return listener.jwt().stream()
                .flatMap(provider -> subjects(provider).map(subject -> new ByJwt(provider.issuer(), subject)))
                .flatMap(identity ->
                        from.stream().map(address -> Peer.at(address).with(new Peer.Token.Proven(identity))));
    }

    private Stream<String> subjects(JwtProvider provider) {
        String before = provider.issuer() + "/";
        Stream<String> meant = patterns()
                .filter(PrincipalPattern::isOfTokens)
                .filter(pattern -> !before.startsWith(pattern.prefix()))
                .flatMap(this::somebodyOf)
                .filter(name -> name.startsWith(before))
                .map(name -> name.substring(before.length()));
        return Stream.concat(
                        meant,
                        somebodyOf(new PrincipalPattern(before + "*")).map(name -> name.substring(before.length())))
                .distinct();
    }

    // An identity is compared with addresses by conditions on them alone.
    private Set<IpAddress> blocks() {
        return Addresses.telling(
                classes.stream().flatMap(one -> one.ipBlocks().stream()).toList());
    }

    private Stream<PrincipalPattern> patterns() {
        return classes.stream().flatMap(one -> one.identities().principals().stream());
    }

    // Of whom a prefix means, one whom nothing narrower means: by a first letter that nothing narrower has.
    private Stream<String> somebodyOf(PrincipalPattern pattern) {
        if (!pattern.isPrefix()) {
            return Stream.of(pattern.value());
        }
        String prefix = pattern.prefix().isEmpty() ? SOMEWHERE : pattern.prefix();
        return LETTERS.chars()
                .mapToObj(letter -> prefix + (char) letter + STRANGER)
                .filter(name -> patterns()
                        .filter(narrower -> narrower.prefix().length() > prefix.length())
                        .noneMatch(narrower -> narrower.matches(name)))
                .limit(1);
    }
}
