package io.sallyport.domain.decision;

import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import java.util.List;
import java.util.Map;

/**
 * Who asks, by all that he shows; what a listener makes of it is a {@link SourceIdentity}.
 *
 * @param address of the peer, or the one in the PROXY protocol header where the listener accepts that
 * @param certificate that he has for listeners which want one; at most one
 * @param token at most one
 */
public record Peer(IpAddress address, List<Certificate> certificate, List<Token> token) {
    public Peer {
        certificate = List.copyOf(certificate);
        token = List.copyOf(token);
        if (certificate.size() > 1 || token.size() > 1) {
            throw new IllegalArgumentException("a request comes with one certificate and one token at most");
        }
    }

    /** A certificate of a client. */
    public sealed interface Certificate {
        /**
         * One that the listener's authority signed.
         *
         * @param uriSans the URIs among its names; any number
         */
        record Proven(List<String> uriSans) implements Certificate {
            public Proven {
                uriSans = List.copyOf(uriSans);
            }
        }

        /** One that does not verify. */
        record Unproven(Certificate.Fault fault) implements Certificate {}

        /** Why it does not; all come to the same. */
        enum Fault {
            UNTRUSTED,
            EXPIRED,
            NOT_YET_VALID
        }
    }

    /** A JSON Web Token. */
    public sealed interface Token {
        /** The header that it is in, in lower case; wherever it is looked for where empty. */
        String header();

        /** Whether somebody who takes tokens looks where it is. */
        default boolean isSeenBy(JwtProvider provider) {
            return header().isEmpty()
                    || provider.headers().stream().anyMatch(one -> one.name().equals(header()));
        }

        /**
         * One that its issuer signed for us, and whose time it is.
         *
         * @param claims what it says besides, as JSON has it: texts, numbers ({@code Double}), truths, lists and maps of those
         */
        record Proven(ByJwt identity, Map<String, Object> claims, String header) implements Token {
            public Proven {
                claims = Map.copyOf(claims);
            }

            /** One that is where it is looked for. */
            public Proven(ByJwt identity, Map<String, Object> claims) {
                this(identity, claims, "");
            }

            /** One that says no more than who he is. */
            public Proven(ByJwt identity) {
                this(identity, Map.of());
            }
        }

        /** One that does not verify, whatever it claims. */
        record Unproven(Token.Fault fault, String header) implements Token {
            /** One that is where tokens are looked for. */
            public Unproven(Token.Fault fault) {
                this(fault, "");
            }
        }

        /** Why it does not; all come to the same. */
        enum Fault {
            MALFORMED,
            EXPIRED,
            NOT_YET_VALID,
            WRONG_SIGNATURE,
            WRONG_AUDIENCE
        }
    }

    /** Someone who shows nothing but where he comes from. */
    public static Peer at(IpAddress address) {
        return new Peer(address, List.of(), List.of());
    }

    public Peer with(Certificate shown) {
        return new Peer(address, List.of(shown), token);
    }

    public Peer with(Token shown) {
        return new Peer(address, certificate, List.of(shown));
    }
}
