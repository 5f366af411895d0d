package io.sallyport.domain.decision;

import io.sallyport.domain.network.IpAddress;
import java.util.List;

/** Who a source is to a listener: the strongest identity that it can see and the request carries. */
public sealed interface SourceIdentity {

    /** By the one URI SAN of its certificate. */
    record Certificate(String principal) implements SourceIdentity {}

    /** By a token: {@code issuer/subject}. */
    record Token(String principal) implements SourceIdentity {}

    /** By where it comes from. */
    record Address(IpAddress address) implements SourceIdentity {}

    /** What proves nothing: a certificate without a SPIFFE ID, or what does not verify. It is nobody by its address either. */
    record Nobody() implements SourceIdentity {}

    /** A certificate that says several names, which is refused. */
    record Ambiguous(List<String> uriSans) implements SourceIdentity {
        public Ambiguous {
            uriSans = List.copyOf(uriSans);
        }
    }
}
