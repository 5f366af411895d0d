package io.sallyport.usecase;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Lookup;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody wants to have explained. Lists without a remark have at most one entry.
 *
 * @param listener all that can take it where empty
 * @param lookup what the name that is connected to resolves to
 * @param time now where empty
 * @param revision the current one where empty
 * @param drafts any number of resources, as if they had been written
 */
public record Inquiry(
        ResourceName gateway,
        List<Name> listener,
        Source source,
        Request request,
        Lookup lookup,
        List<Instant> time,
        List<Revision> revision,
        List<Draft> drafts) {
    public Inquiry {
        listener = List.copyOf(listener);
        time = List.copyOf(time);
        revision = List.copyOf(revision);
        drafts = List.copyOf(drafts);
    }

    /** The same, asked of a past state. */
    public Inquiry at(Revision past) {
        return new Inquiry(gateway, listener, source, request, lookup, time, List.of(past), drafts);
    }

    /**
     * Who asks. What is given here stands in place of what the workload declares.
     *
     * @param workload whose identities are shown: of each form the first that a listener takes
     */
    public record Source(
            List<ResourceName> workload,
            List<IpAddress> address,
            List<Peer.Certificate> certificate,
            List<Peer.Token> token) {
        public Source {
            workload = List.copyOf(workload);
            address = List.copyOf(address);
            certificate = List.copyOf(certificate);
            token = List.copyOf(token);
        }
    }

    /**
     * What is asked for.
     *
     * @param host as a source would write it: in any case, with a trailing dot, malformed
     * @param http what is asked over HTTP; a connection of any kind where empty
     * @param tunnel what a tunnel carries; what its port is for where empty
     */
    public record Request(String host, List<PortNumber> port, List<Http> http, List<Approach.Inside> tunnel) {
        public Request {
            port = List.copyOf(port);
            http = List.copyOf(http);
            tunnel = List.copyOf(tunnel);
        }

        /** The host with its port, as an authority has them. */
        String authority() {
            return port.isEmpty() ? host : host + ":" + port.getFirst();
        }
    }

    /**
     * An HTTP request.
     *
     * @param serverName of the TLS that it comes over, where a listener ends that: the host itself, or nobody, where empty
     * @param headers by their names in lower case
     */
    public record Http(String method, String path, List<String> serverName, SortedMap<String, String> headers) {
        static final Http PLAIN = new Http("GET", "/", List.of(), new TreeMap<>());

        public Http {
            serverName = List.copyOf(serverName);
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        }
    }
}
