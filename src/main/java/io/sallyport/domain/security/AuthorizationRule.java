package io.sallyport.domain.security;

import io.sallyport.domain.Name;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.network.PrincipalPattern;
import java.util.List;

/**
 * One rule of the authorization that a policy asks for. It matches where all that it says holds; what it leaves out holds
 * always. Within a list, any may hold.
 *
 * @param name as in logs, beside the policy's; its place in the list, from 0, where none was given
 * @param when a condition in CEL; at most one
 */
public record AuthorizationRule(Name name, Action action, Sources from, Requests to, List<String> when) {
    /** Headers by which some servers take a request for one of another method; refused where rules ask of methods. */
    public static final List<String> METHOD_OVERRIDES =
            List.of("x-http-method", "x-http-method-override", "x-method-override");

    public AuthorizationRule {
        when = List.copyOf(when);
        if (when.size() > 1) {
            throw new IllegalArgumentException("an authorization rule has at most one 'when'");
        }
    }

    /** Whether it asks for something that only requests that are read have. */
    public boolean asksOfRequests() {
        return !(to.methods().isEmpty() && to.paths().isEmpty() && from.claims().isEmpty() && when.isEmpty());
    }

    /** What a match means. */
    public enum Action {
        /** Where there are rules of this kind, one of them must match. */
        ALLOW,
        /** Refused, whatever else matches. */
        DENY,
        /** Logged, and nothing else. */
        AUDIT
    }

    /**
     * Who asks.
     *
     * @param principals by certificate or token
     * @param namespaces whose scopes the source is within
     * @param claims of the token; each of them must hold
     * @param ipBlocks that hold the peer's address, whatever its identity
     */
    public record Sources(
            List<PrincipalPattern> principals, List<Name> namespaces, List<Claim> claims, List<Cidr> ipBlocks) {
        public static final Sources ANY = new Sources(List.of(), List.of(), List.of(), List.of());

        public Sources {
            principals = List.copyOf(principals);
            namespaces = List.copyOf(namespaces);
            claims = List.copyOf(claims);
            ipBlocks = List.copyOf(ipBlocks);
        }
    }

    /**
     * A claim of a token: a text that is one of the values, or a list that holds one of them.
     *
     * @param path from the outermost name inwards, at least one
     * @param values at least one
     */
    public record Claim(List<String> path, List<String> values) {
        public Claim {
            path = List.copyOf(path);
            values = List.copyOf(values);
            if (path.isEmpty() || values.isEmpty()) {
                throw new IllegalArgumentException("a claim has a name and at least one value");
            }
        }
    }

    /**
     * What is asked for.
     *
     * @param methods of HTTP, exactly
     * @param paths exact, or prefixes that end in {@code *}; without the query
     */
    public record Requests(List<HostPattern> hosts, List<PortNumber> ports, List<String> methods, List<String> paths) {
        public static final Requests ANY = new Requests(List.of(), List.of(), List.of(), List.of());

        public Requests {
            hosts = List.copyOf(hosts);
            ports = List.copyOf(ports);
            methods = List.copyOf(methods);
            paths = List.copyOf(paths);
        }
    }
}
