package io.sallyport.domain.decision;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.TlsOrigination;
import java.util.List;
import java.util.stream.Stream;

/**
 * What becomes of a request, and why.
 *
 * @param place whose host it is; none where nobody's or malformed; at most one
 * @param routing what routes make of it if it may
 * @param passedOver the rules that did not decide: of this port in the order in which they were tried, then the others
 * @param shadows those of the rules that never decide that would have matched
 * @param audits the rules of authorization that do no more than look, and match; named as in logs
 * @param asked what policies ask of the request beside that, where it may pass
 * @param reply what the source gets to see
 */
public record Verdict(
        Ruling ruling,
        Source source,
        List<Place> place,
        Routing routing,
        List<PassedOver> passedOver,
        List<Shadow> shadows,
        List<String> audits,
        List<Asked> asked,
        Reply reply) {
    public Verdict {
        place = List.copyOf(place);
        passedOver = List.copyOf(passedOver);
        shadows = List.copyOf(shadows);
        audits = List.copyOf(audits);
        asked = List.copyOf(asked);
    }

    public Action action() {
        return ruling.action();
    }

    public String name() {
        return ruling.name();
    }

    public Reason reason() {
        return ruling.reason();
    }

    /** Every rule that it names: the one that decided or admitted, those that were passed over. */
    public Stream<ResourceName> rules() {
        return Stream.concat(ruling.rules(), passedOver.stream().map(PassedOver::rule));
    }

    /**
     * What one policy asks.
     *
     * @param sections of the policy, by their names in documents, sorted: those of which the closest policy counts are
     *     with that alone
     */
    public record Asked(ResourceName policy, List<String> sections) {
        public Asked {
            sections = List.copyOf(sections);
        }
    }

    /** The source as the listener sees it, and the classes that it is in there, by id. */
    public record Source(SourceIdentity identity, List<String> classes) {
        public Source {
            classes = List.copyOf(classes);
        }
    }

    /**
     * Whose host it is, and where it leads.
     *
     * @param host the most specific pattern that covers the host
     * @param onward where it goes if it may, the most of it where routes split it; nowhere where the owner does not list
     *     the port; at most one
     */
    public record Place(ResourceName destination, HostPattern host, List<Onward> onward) {
        public Place {
            onward = List.copyOf(onward);
        }
    }

    /**
     * The way to the destination.
     *
     * @param port the destination's number of it
     * @param upstream its name in the snapshot
     * @param addresses where it is found, as far as that is known
     */
    public record Onward(PortNumber port, String upstream, Protocol protocol, Tls tls, Addresses addresses) {}

    /** Who speaks TLS with the destination. */
    public sealed interface Tls {
        /** Nobody that the gateway knows of: it passes on what it gets, as it gets it. */
        record None() implements Tls {}

        /**
         * The gateway.
         *
         * @param serverName what it sends (SNI)
         * @param expected any of which the destination's certificate must have
         * @param settings whom it trusts, what it shows and what it speaks
         */
        record Originated(String serverName, List<String> expected, TlsOrigination settings) implements Tls {
            public Originated {
                expected = List.copyOf(expected);
            }

            public boolean isVerified() {
                return settings.unverified().isEmpty();
            }
        }

        /** The source, with this name for all to see. */
        record PassedThrough(String serverName) implements Tls {}
    }

    /** A rule that did not decide. */
    public record PassedOver(ResourceName rule, Action action, Why why) {}

    /** A rule that never decides and would have matched, with what it would have decided. */
    public record Shadow(ResourceName rule, Action action) {}

    /** Why a rule did not decide. */
    public enum Why {
        /** The source is none of those that it means. */
        SOURCE,
        /** Its time is yet to come. */
        NOT_YET_VALID,
        /** Its time is over. */
        EXPIRED,
        /** An earlier rule had decided already. */
        LATER,
        /** It never decides. */
        SHADOW,
        /** It is about other ports of the host. */
        OTHER_PORT,
        /** It is about the host, at another listener. */
        OTHER_LISTENER
    }

    /** What kind of decision it is. */
    public enum Reason {
        RULE("rule"),
        DEFAULT_DENY("default-deny"),
        DEFAULT_ALLOW("default-allow"),
        UNKNOWN_DESTINATION("unknown-destination"),
        UNENFORCEABLE("unenforceable"),
        MALFORMED_HOST("malformed-host"),
        AMBIGUOUS_IDENTITY("ambiguous-identity"),
        /** The source has no certificate that the listener accepts, so there is no request at all. */
        HANDSHAKE("handshake"),
        /** The server name of the connection, or inside of the tunnel, is not the host that is asked for. */
        OTHER_NAME("other-name"),
        INVALID_TOKEN("invalid-token"),
        /** There is no token, and a policy requires one. */
        TOKEN_REQUIRED("token-required"),
        /** A policy denies it, or allows others alone. */
        AUTHORIZATION("authorization"),
        /** Policies or routes ask of paths, and this one can be read in two ways. */
        AMBIGUOUS_PATH("ambiguous-path"),
        /** Policies ask of methods, and a header says another than the request. */
        AMBIGUOUS_METHOD("ambiguous-method"),
        /** It leads to addresses that the gateway does not connect to. */
        ADDRESS_POLICY("address-policy"),
        /** The exception by which its destination is not verified is over. */
        EXCEPTION_OVER("exception-over"),
        /** Its route leads where the rules would not let everyone go whom they let come here. */
        ROUTE_ESCAPES_RULES("route-escapes-rules");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** As refusals have it. */
        public String code() {
            return code;
        }

        /** What logs and refusals call a decision that no rule took. */
        public String decisionName() {
            return Ruling.OURS + code;
        }
    }
}
