package io.sallyport.compiler;

import io.sallyport.domain.decision.SourcePart;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All sources that a listener can see, cut along every line that rules draw: two sources of one part are the same to each
 * rule. A part means whom it names but for those whom a narrower part names.
 */
final class FlowParts {
    static final List<Cidr> EVERYWHERE = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    private final ListenerView view;
    private final Set<PrincipalPattern> names = new TreeSet<>();
    private final Map<String, PrincipalPattern> prefixes = new HashMap<>();
    private final NavigableSet<Cidr> ranges = new TreeSet<>(EVERYWHERE);
    private final NavigableSet<Integer> lengths = new TreeSet<>();
    private final Set<Cidr> blocks = new TreeSet<>(EVERYWHERE);
    private final List<SourceClass> withBlocks = new ArrayList<>();

    FlowParts(ListenerView view, Stream<SourceClass> classes) {
        this.view = view;
        everyName().forEach(names::add);
        classes.distinct().forEach(this::add);
        names.stream().filter(PrincipalPattern::isPrefix).forEach(name -> prefixes.put(name.value(), name));
        ranges.forEach(range -> lengths.add(range.prefixLength()));
    }

    private void add(SourceClass source) {
        source.identities().principals().stream().flatMap(this::seen).forEach(names::add);
        ranges.addAll(source.identities().ranges());
        ranges.addAll(source.ipBlocks());
        blocks.addAll(source.ipBlocks());
        if (!source.ipBlocks().isEmpty()) {
            withBlocks.add(source);
        }
    }

    /** Whoever proves anything here. */
    private Stream<PrincipalPattern> everyName() {
        return view.certificates()
                ? Stream.of(PrincipalPattern.ANY)
                : view.issuers().stream().map(issuer -> new PrincipalPattern(issuer + "/*"));
    }

    // As far as the listener can see them.
    private Stream<PrincipalPattern> seen(PrincipalPattern name) {
        if (view.certificates()) {
            return name.isOfCertificates() ? Stream.of(name) : Stream.of();
        }
        return everyName().filter(name::overlaps).map(every -> name.isWithin(every) ? name : every);
    }

    Stream<Sources> all() {
        return Stream.of(ofAnyone(), byName(), byAddress()).flatMap(parts -> parts);
    }

    // A certificate may prove nothing.
    private Stream<Sources> ofAnyone() {
        return view.certificates() ? blocks.stream().map(block -> new Sources(List.of(), false, block)) : Stream.of();
    }

    private Stream<Sources> byName() {
        return names.stream()
                .flatMap(name -> blocksOf(name).stream().map(block -> new Sources(List.of(name), false, block)));
    }

    // Where nobody asks where they come from, that does not part them.
    private Set<Cidr> blocksOf(PrincipalPattern name) {
        Set<Cidr> own = new LinkedHashSet<>(EVERYWHERE);
        for (SourceClass source : withBlocks) {
            boolean isMeant = source.identities().anyone()
                    || source.identities().principals().stream().anyMatch(name::overlaps);
            if (isMeant) {
                own.addAll(source.ipBlocks());
            }
        }
        return own;
    }

    private Stream<Sources> byAddress() {
        return view.certificates()
                ? Stream.of()
                : ranges.stream().filter(range -> !isUsedUp(range)).map(range -> new Sources(List.of(), true, range));
    }

    // Nothing is left of a range that narrower ones cover together.
    private boolean isUsedUp(Cidr range) {
        return hasWithin(range) && range.halves().stream().allMatch(this::isCovered);
    }

    private boolean isCovered(Cidr range) {
        return ranges.contains(range) || isUsedUp(range);
    }

    // What lies within a range comes right after it.
    private boolean hasWithin(Cidr range) {
        Cidr next = ranges.higher(range);
        return next != null && range.contains(next);
    }

    /** Every name and every range by which parts are told, wherever they come from. */
    Stream<Id> ids() {
        return Stream.concat(
                names.stream().map(name -> new Id(List.of(name), List.of())),
                view.certificates()
                        ? Stream.of(Id.ANYONE)
                        : ranges.stream().map(range -> new Id(List.of(), List.of(range))));
    }

    /** The narrowest that is wider. */
    Optional<Id> enclosing(Id id) {
        if (id.name().isEmpty()) {
            return id.range().stream()
                    .flatMap(range -> enclosing(range).stream())
                    .map(range -> new Id(List.of(), List.of(range)))
                    .findFirst();
        }
        return enclosing(id.name().getFirst())
                .map(name -> new Id(List.of(name), List.of()))
                .or(() -> view.certificates() ? Optional.of(Id.ANYONE) : Optional.empty());
    }

    private Optional<Cidr> enclosing(Cidr range) {
        return lengths.headSet(range.prefixLength(), false).descendingSet().stream()
                .map(range::widened)
                .filter(ranges::contains)
                .findFirst();
    }

    private Optional<PrincipalPattern> enclosing(PrincipalPattern name) {
        String text = name.prefix();
        return IntStream.iterate(text.length(), length -> length >= 0, length -> length - 1)
                .mapToObj(length -> text.substring(0, length) + "*")
                .filter(prefix -> !prefix.equals(name.value()))
                .flatMap(prefix -> Stream.ofNullable(prefixes.get(prefix)))
                .findFirst();
    }

    /** By what parts they may be told who have this identity: the narrowest that means all of them, and all within. */
    Stream<Id> of(WorkloadIdentity identity) {
        return switch (identity) {
            case WorkloadIdentity.BySpiffeId name ->
                of(new PrincipalPattern(name.id().value()));
            case WorkloadIdentity.ByJwt token -> of(new PrincipalPattern(token.principal()));
            case WorkloadIdentity.ByAddress address -> of(address.range());
        };
    }

    private Stream<Id> of(PrincipalPattern name) {
        Id own = new Id(List.of(name), List.of());
        return view.sees(name) ? (names.contains(name) ? Optional.of(own) : enclosing(own)).stream() : Stream.of();
    }

    private Stream<Id> of(Cidr range) {
        if (view.certificates()) {
            return Stream.of();
        }
        Id own = new Id(List.of(), List.of(range));
        return Stream.concat(
                ranges.contains(range) ? Stream.of() : enclosing(own).stream(),
                within(range).map(one -> new Id(List.of(), List.of(one))));
    }

    // They do not all come one after the other, since addresses are ordered as they are written.
    private Stream<Cidr> within(Cidr range) {
        return range.halves().isEmpty()
                ? Stream.of(range).filter(ranges::contains)
                : ranges.stream().filter(range::contains);
    }

    /** What parts are told by: a name or a range. */
    record Id(List<PrincipalPattern> name, List<Cidr> range) {
        static final Id ANYONE = new Id(List.of(), List.of());

        static Id of(Sources part) {
            return new Id(part.principal(), part.isByAddress() ? List.of(part.from()) : List.of());
        }

        SourcePart source(List<Cidr> from, boolean isRest) {
            return new SourcePart(name, range, from, isRest);
        }
    }
}
