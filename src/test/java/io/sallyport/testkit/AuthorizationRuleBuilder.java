package io.sallyport.testkit;

import io.sallyport.domain.Name;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.AuthorizationRule.Action;
import io.sallyport.domain.security.AuthorizationRule.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code denying("writes").methods("PUT", "POST").paths("/admin/*")}. */
public final class AuthorizationRuleBuilder {
    private final Name name;
    private final Action action;
    private List<PrincipalPattern> principals = List.of();
    private List<Name> namespaces = List.of();
    private final List<Claim> claims = new ArrayList<>();
    private List<Cidr> ipBlocks = List.of();
    private List<HostPattern> hosts = List.of();
    private List<PortNumber> ports = List.of();
    private List<String> methods = List.of();
    private List<String> paths = List.of();
    private List<String> when = List.of();

    private AuthorizationRuleBuilder(String name, Action action) {
        this.name = new Name(name);
        this.action = action;
    }

    public static AuthorizationRuleBuilder allowing(String name) {
        return new AuthorizationRuleBuilder(name, Action.ALLOW);
    }

    public static AuthorizationRuleBuilder denying(String name) {
        return new AuthorizationRuleBuilder(name, Action.DENY);
    }

    public static AuthorizationRuleBuilder auditing(String name) {
        return new AuthorizationRuleBuilder(name, Action.AUDIT);
    }

    public AuthorizationRuleBuilder principals(String... texts) {
        principals = Stream.of(texts).map(PrincipalPattern::new).toList();
        return this;
    }

    public AuthorizationRuleBuilder namespaces(String... texts) {
        namespaces = Stream.of(texts).map(Name::new).toList();
        return this;
    }

    /**
     * Asks for a claim of the token.
     *
     * @param path with dots between names
     */
    public AuthorizationRuleBuilder claim(String path, String... values) {
        claims.add(new Claim(List.of(path.split("\\.", -1)), List.of(values)));
        return this;
    }

    public AuthorizationRuleBuilder ipBlocks(String... texts) {
        ipBlocks = Stream.of(texts).map(Cidr::parse).toList();
        return this;
    }

    public AuthorizationRuleBuilder hosts(String... texts) {
        hosts = Stream.of(texts).map(HostPattern::new).toList();
        return this;
    }

    public AuthorizationRuleBuilder ports(int... numbers) {
        ports = java.util.Arrays.stream(numbers).mapToObj(PortNumber::new).toList();
        return this;
    }

    public AuthorizationRuleBuilder methods(String... texts) {
        methods = List.of(texts);
        return this;
    }

    public AuthorizationRuleBuilder paths(String... texts) {
        paths = List.of(texts);
        return this;
    }

    public AuthorizationRuleBuilder when(String condition) {
        when = List.of(condition);
        return this;
    }

    public AuthorizationRule build() {
        return new AuthorizationRule(
                name,
                action,
                new AuthorizationRule.Sources(principals, namespaces, claims, ipBlocks),
                new AuthorizationRule.Requests(hosts, ports, methods, paths),
                when);
    }
}
