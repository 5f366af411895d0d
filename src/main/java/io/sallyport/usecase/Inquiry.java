package io.sallyport.usecase;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import java.time.Instant;
import java.util.List;

/**
 * What somebody wants to have explained. Lists without a remark have at most one entry.
 *
 * @param listener all that can take it where empty
 * @param host as a source would write it: in any case, with a trailing dot, malformed
 * @param http what is asked over HTTP; a connection of any kind where empty
 * @param time now where empty
 * @param revision the current one where empty
 * @param drafts any number of resources, as if they had been written
 */
public record Inquiry(
        ResourceName gateway,
        List<Name> listener,
        Source source,
        String host,
        List<PortNumber> port,
        List<Http> http,
        List<Instant> time,
        List<Revision> revision,
        List<Draft> drafts) {
    public Inquiry {
        listener = List.copyOf(listener);
        port = List.copyOf(port);
        http = List.copyOf(http);
        time = List.copyOf(time);
        revision = List.copyOf(revision);
        drafts = List.copyOf(drafts);
    }

    /**
     * Who asks. What is given here stands beside what the workload declares, and before it.
     *
     * @param workload whose identities are shown: the first of each form
     * @param uriSans of its certificate; any number
     */
    public record Source(
            List<ResourceName> workload, List<IpAddress> address, List<String> uriSans, List<ByJwt> token) {
        public Source {
            workload = List.copyOf(workload);
            address = List.copyOf(address);
            uriSans = List.copyOf(uriSans);
            token = List.copyOf(token);
        }
    }

    /** An HTTP request. */
    public record Http(String method, String path) {}

    /** The host with its port, as an authority has them. */
    String authority() {
        return port.isEmpty() ? host : host + ":" + port.getFirst();
    }
}
