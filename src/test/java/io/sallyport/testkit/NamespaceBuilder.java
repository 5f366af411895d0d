package io.sallyport.testkit;

import io.sallyport.domain.Namespace;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.workload.Scopes;
import java.util.List;

/** {@code aNamespace("shop").cidrs("10.1.0.0/16")}. */
public final class NamespaceBuilder extends ResourceBuilder<Namespace> {
    private List<PrincipalPattern> spiffeIds = List.of();
    private List<Cidr> cidrs = List.of();
    private List<HostPattern> hosts = List.of();
    private List<String> issuers = List.of();
    private List<String> agents = List.of();
    private List<String> labels = List.of();

    private NamespaceBuilder(String name) {
        super(name);
    }

    public static NamespaceBuilder aNamespace(String name) {
        return new NamespaceBuilder(name);
    }

    public NamespaceBuilder cidrs(String... ranges) {
        cidrs = each(Cidr::parse, ranges);
        return this;
    }

    public NamespaceBuilder spiffeIds(String... patterns) {
        spiffeIds = each(PrincipalPattern::new, patterns);
        return this;
    }

    public NamespaceBuilder hosts(String... patterns) {
        hosts = each(HostPattern::new, patterns);
        return this;
    }

    public NamespaceBuilder issuers(String... patterns) {
        issuers = List.of(patterns);
        return this;
    }

    public NamespaceBuilder agents(String... clientIds) {
        agents = List.of(clientIds);
        return this;
    }

    /** That its workloads may carry: {@code key}, or {@code key=value}. */
    public NamespaceBuilder workloadLabels(String... patterns) {
        labels = List.of(patterns);
        return this;
    }

    public NamespaceBuilder labelled(String key, String value) {
        label(key, value);
        return this;
    }

    @Override
    protected Namespace spec() {
        return new Namespace(new Scopes(spiffeIds, cidrs, issuers, agents, labels, hosts));
    }
}
