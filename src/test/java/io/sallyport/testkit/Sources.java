package io.sallyport.testkit;

import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.LabelSelector.Requirement;
import io.sallyport.domain.Name;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.rule.Source;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Builds an entry of {@code from}: {@code selecting("app", "checkout").inNamespaces("shop")}. */
public final class Sources {
    private List<Name> namespaces = List.of();
    private List<LabelSelector> workloads = List.of();
    private List<PrincipalPattern> principals = List.of();
    private List<Cidr> ipBlocks = List.of();

    private Sources() {}

    public static Sources selecting(String key, String value) {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put(key, value);
        return selecting(new LabelSelector(labels, List.of()));
    }

    public static Sources selecting(Requirement requirement) {
        return selecting(new LabelSelector(new TreeMap<>(), List.of(requirement)));
    }

    public static Sources everyWorkload() {
        return selecting(new LabelSelector(new TreeMap<>(), List.of()));
    }

    public static Sources selecting(LabelSelector selector) {
        Sources sources = new Sources();
        sources.workloads = List.of(selector);
        return sources;
    }

    public static Sources namespaces(String... names) {
        return new Sources().inNamespaces(names);
    }

    public static Sources principals(String... patterns) {
        Sources sources = new Sources();
        sources.principals = Arrays.stream(patterns).map(PrincipalPattern::new).toList();
        return sources;
    }

    public static Sources addresses(String... ranges) {
        return new Sources().atAddresses(ranges);
    }

    public static Sources everyone() {
        return addresses("0.0.0.0/0", "::/0");
    }

    public Sources inNamespaces(String... names) {
        namespaces = Arrays.stream(names).map(Name::new).toList();
        return this;
    }

    public Sources atAddresses(String... ranges) {
        ipBlocks = Arrays.stream(ranges).map(Cidr::parse).toList();
        return this;
    }

    public Source build() {
        return new Source(namespaces, workloads, principals, ipBlocks);
    }
}
