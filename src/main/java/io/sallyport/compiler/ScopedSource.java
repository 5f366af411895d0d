package io.sallyport.compiler;

import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.rule.Source;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * An entry of {@code from} together with whom its rule may speak of.
 *
 * @param speaker the one namespace that a rule of tier Namespace speaks for; everybody where empty
 */
record ScopedSource(List<Name> speaker, Source source) {

    static ScopedSource of(Resource<EgressRule> rule, Source source) {
        boolean speaksForItsOwn = rule.spec().tier() == Tier.NAMESPACE;
        return new ScopedSource(speaksForItsOwn ? List.of(rule.namespace()) : List.of(), source);
    }

    boolean namesNamespaces() {
        return !source.namespaces().isEmpty();
    }

    /** The namespaces that the entry names, without those that the rule may not speak for. */
    List<Name> namespaces() {
        return source.namespaces().stream()
                .filter(name -> speaker.isEmpty() || speaker.contains(name))
                .toList();
    }

    /** Whether everyone whom this entry can ever mean is also meant by the other, by their words alone. */
    boolean saysNoMoreThan(ScopedSource other) {
        Source wide = other.source;
        return (other.speaker.isEmpty() || other.speaker.equals(speaker))
                && isNarrower(source.namespaces(), wide.namespaces(), Name::equals)
                && (wide.workloads().isEmpty() || wide.workloads().equals(source.workloads()))
                && isNarrower(source.principals(), wide.principals(), PrincipalPattern::isWithin)
                && (meansEveryAddress(wide.ipBlocks())
                        || isNarrower(source.ipBlocks(), wide.ipBlocks(), (block, range) -> range.contains(block)));
    }

    private static <T> boolean isNarrower(List<T> narrow, List<T> wide, BiPredicate<T, T> isWithin) {
        return wide.isEmpty()
                || (!narrow.isEmpty()
                        && narrow.stream().allMatch(one -> wide.stream().anyMatch(other -> isWithin.test(one, other))));
    }

    private static boolean meansEveryAddress(List<Cidr> blocks) {
        return AddressRanges.of(blocks).equals(AddressRanges.EVERYONE);
    }

    /** Names the meaning, not whom it applies to at the moment: entries that say the same share it. */
    String id() {
        ContentHash hash = new ContentHash();
        hash.texts(speaker)
                .number(source.namespaces().isEmpty() ? 0 : 1)
                .texts(new TreeSet<>(namespaces()))
                .list(source.workloads(), selector -> encode(hash, selector))
                .texts(new TreeSet<PrincipalPattern>(source.principals()))
                .texts(ranges(source.ipBlocks()));
        return "c" + hash.hex(12);
    }

    private static List<Cidr> ranges(Collection<Cidr> blocks) {
        return AddressRanges.of(blocks).ranges();
    }

    private static void encode(ContentHash hash, LabelSelector selector) {
        hash.list(
                selector.matchLabels().entrySet(),
                label -> hash.text(label.getKey()).text(label.getValue()));
        hash.list(
                new TreeSet<>(selector.matchExpressions().stream()
                        .map(ScopedSource::hex)
                        .toList()),
                hash::text);
    }

    private static String hex(LabelSelector.Requirement requirement) {
        return new ContentHash()
                .text(requirement.key())
                .text(requirement.operator())
                .texts(new TreeSet<>(requirement.values()))
                .hex(64);
    }
}
