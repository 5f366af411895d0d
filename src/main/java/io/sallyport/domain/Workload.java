package io.sallyport.domain;

import io.sallyport.domain.workload.WorkloadIdentity;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A source of traffic: labels to select it by, and the identities that prove it. */
public record Workload(SortedMap<String, String> labels, List<WorkloadIdentity> identities) implements Spec {
    public Workload {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        identities = List.copyOf(identities);
    }
}
