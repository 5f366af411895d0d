package io.sallyport.testkit;

import io.sallyport.domain.Workload;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.SpiffeId;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code aWorkload("shop/checkout").labelled("app", "checkout").at("10.1.0.5/32")}. */
public final class WorkloadBuilder extends ResourceBuilder<Workload> {
    private final SortedMap<String, String> workloadLabels = new TreeMap<>();
    private final List<WorkloadIdentity> identities = new ArrayList<>();

    private WorkloadBuilder(String name) {
        super(name);
    }

    public static WorkloadBuilder aWorkload(String name) {
        return new WorkloadBuilder(name);
    }

    public WorkloadBuilder labelled(String key, String value) {
        workloadLabels.put(key, value);
        return this;
    }

    public WorkloadBuilder at(String range) {
        identities.add(new WorkloadIdentity.ByAddress(Cidr.parse(range)));
        return this;
    }

    public WorkloadBuilder certifiedAs(String spiffeId) {
        identities.add(new WorkloadIdentity.BySpiffeId(new SpiffeId(spiffeId)));
        return this;
    }

    public WorkloadBuilder withTokenOf(String issuer, String subject) {
        identities.add(new WorkloadIdentity.ByJwt(issuer, subject));
        return this;
    }

    @Override
    protected Workload spec() {
        return new Workload(workloadLabels, identities);
    }
}
