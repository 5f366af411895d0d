package io.sallyport.compiler.risk;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.Secret;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How traffic is protected on its way on.
 *
 * @param tls how the gateway speaks TLS; none where it does not; at most one
 * @param authority whose signature is trusted, with its content; the system's where empty
 */
record Protection(Sort sort, List<TlsOrigination> tls, List<Secret> authority) {
    static final Protection CLEARTEXT = new Protection(Sort.CLEARTEXT, List.of(), List.of());
    private static final Protection PASSTHROUGH = new Protection(Sort.ENCRYPTED, List.of(), List.of());

    /** The weakest first. */
    enum Sort {
        CLEARTEXT,
        UNVERIFIED,
        ENCRYPTED
    }

    static Protection of(
            Listener.Protocol listener, Upstream upstream, Function<ResourceName, Optional<Secret>> secrets) {
        DestinationPort.Protocol protocol = upstream.protocol();
        boolean isOfSource = protocol == DestinationPort.Protocol.TLS
                || (protocol == DestinationPort.Protocol.HTTPS && !listener.isHttp());
        if (isOfSource) {
            return PASSTHROUGH;
        }
        if (!listener.isHttp() || !upstream.isOverTls()) {
            return CLEARTEXT;
        }
        TlsOrigination tls = upstream.tls();
        return new Protection(
                tls.inForce().unverified().isEmpty() ? Sort.ENCRYPTED : Sort.UNVERIFIED,
                List.of(tls),
                tls.caBundle().stream()
                        .flatMap(name -> secrets.apply(name).stream())
                        .toList());
    }

    boolean isEncrypted() {
        return sort != Sort.CLEARTEXT;
    }

    /**
     * What is weaker than it was, in words that go on "traffic to a host ...".
     *
     * @param was what it was; nothing where the place was not there
     * @param wasTlsAlone whether the host could be reached in no other way than encrypted
     */
    Optional<String> weakness(Optional<Protection> was, boolean wasTlsAlone) {
        if (was.isEmpty()) {
            return ofNewPlace(wasTlsAlone);
        }
        if (sort.compareTo(was.get().sort) < 0) {
            return Optional.of(sort == Sort.CLEARTEXT ? "goes on in the clear" : "is not verified");
        }
        return tls.stream()
                .flatMap(now -> was.get().tls.stream().flatMap(then -> looser(was.get(), then, now).stream()))
                .findFirst();
    }

    private Optional<String> ofNewPlace(boolean wasTlsAlone) {
        return switch (sort) {
            case CLEARTEXT ->
                wasTlsAlone ? Optional.of("goes on in the clear, where the host had TLS alone") : Optional.empty();
            case UNVERIFIED -> Optional.of("is not verified");
            case ENCRYPTED -> Optional.empty();
        };
    }

    private Optional<String> looser(Protection was, TlsOrigination then, TlsOrigination now) {
        if (now.versions().oldest().compareTo(then.versions().oldest()) < 0) {
            return Optional.of("may go on by TLS " + now.versions().oldest().number());
        }
        if (!authority.equals(was.authority)) {
            return Optional.of("trusts other authorities");
        }
        if (!(now.subjectAltNames().isEmpty() ? then : now).subjectAltNames().isEmpty()
                && !isFewer(now.subjectAltNames(), then.subjectAltNames())) {
            return Optional.of("takes certificates of other names");
        }
        if (!then.cipherSuites().isEmpty() && !isFewer(now.cipherSuites(), then.cipherSuites())) {
            return Optional.of("may go on by other cipher suites");
        }
        return Optional.empty();
    }

    private static boolean isFewer(List<String> now, List<String> then) {
        return !now.isEmpty() && then.containsAll(now);
    }
}
