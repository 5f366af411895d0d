package io.sallyport.rest.json;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.rest.json.Violations.Reason;
import java.util.List;
import java.util.Optional;

/** Fields of one destination that cannot hold together, each reported where it stands. */
final class DestinationContradictions {
    private DestinationContradictions() {}

    static void report(
            Fields fields,
            Optional<Resolution> resolution,
            List<Endpoint> endpoints,
            List<Subset> subsets,
            Optional<UpstreamSettings> settings) {
        if (!fields.isThere("addresses")) {
            fields.needed("hosts", "A destination has 'hosts', or 'addresses', or both.");
            fields.refuseEmpty("hosts");
        }
        resolution.ifPresent(known -> withResolution(fields, known));
        if (!endpoints.isEmpty()) {
            subsets(fields, endpoints, subsets);
            settings.ifPresent(known -> localities(
                    fields.place().child("loadBalancer").child("localities"),
                    endpoints,
                    known.loadBalancer().localities()));
        }
    }

    private static void withResolution(Fields fields, Resolution resolution) {
        switch (resolution) {
            case DNS -> {
                // With endpoints or without: the hosts themselves are resolved then.
            }
            case STATIC -> {
                fields.needed("endpoints", "Resolution Static needs at least one endpoint.");
                fields.refuseEmpty("endpoints");
                fields.refused("dns", "Under resolution Static no name is resolved.");
            }
            case DYNAMIC ->
                fields.refused("endpoints", "Under resolution Dynamic the host of each request is the endpoint.");
            case ORIGINAL -> {
                fields.needed("addresses", "Resolution Original needs the addresses that may be asked for.");
                fields.refuseEmpty("addresses");
                fields.refused("endpoints", "Under resolution Original the address that is asked for is the endpoint.");
                fields.refused("dns", "Under resolution Original no name is resolved.");
            }
        }
    }

    private static void subsets(Fields fields, List<Endpoint> endpoints, List<Subset> subsets) {
        for (int index = 0; index < subsets.size(); index++) {
            if (endpoints.stream().noneMatch(subsets.get(index)::has)) {
                fields.place()
                        .child("subsets")
                        .child(Integer.toString(index))
                        .child("labels")
                        .report(Reason.CONTRADICTION, "No endpoint has these labels.");
            }
        }
    }

    private static void localities(Place place, List<Endpoint> endpoints, List<String> localities) {
        for (int index = 0; index < localities.size(); index++) {
            String locality = localities.get(index);
            if (endpoints.stream().noneMatch(endpoint -> endpoint.locality().equals(locality))) {
                place.child(Integer.toString(index))
                        .report(Reason.CONTRADICTION, "No endpoint is of locality '%s'.".formatted(locality));
            }
        }
    }
}
