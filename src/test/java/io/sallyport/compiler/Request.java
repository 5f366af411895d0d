package io.sallyport.compiler;

import io.sallyport.domain.Name;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import java.time.Instant;
import java.util.List;

/**
 * What a workload asks of a listener.
 *
 * @param port at most one; always none at a TLS listener, which sees none
 */
record Request(Name listener, HostPattern host, List<PortNumber> port, IpAddress source, Instant time) {}
