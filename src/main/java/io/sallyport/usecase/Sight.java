package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.identity.Access;
import io.sallyport.identity.Right;
import java.util.Locale;
import java.util.SortedMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller is told of others. Whatever is of a namespace that he may not read is foreign, and is not named to him;
 * but what its owner lets a namespace of his use: destinations by their visibility, gateways by the namespaces that they
 * admit.
 */
public record Sight(Access access, DesiredState state) {
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
    // A whole name, and what upstreams are called: namespace/destination/port/host.
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w./-])(%1$s)/(%1$s)(?![\\w-])((?:/[\\w.:*-]*\\w)*)".formatted(LABEL));
    private static final Pattern NAMESPACE = Pattern.compile("\\b([Nn]amespace) '?(%s)'?(?![\\w/-])".formatted(LABEL));

    /** Whether the caller may be told that there is something of this name. */
    public boolean knows(ResourceName name) {
        return mayRead(name.namespace()) || mayUseDestination(name) || mayUseGateway(name);
    }

    public boolean mayRead(Name namespace) {
        return access.may(Right.READ, namespace);
    }

    public boolean mayRead(ResourceKey key) {
        return access.mayRead(key);
    }

    private boolean mayUseDestination(ResourceName name) {
        return state.destination(name)
                .filter(found -> found.spec().visibility().stream().anyMatch(this::mayRead))
                .isPresent();
    }

    private boolean mayUseGateway(ResourceName name) {
        return state.gateway(name)
                .filter(gateway -> state.namespaces().stream()
                        .map(namespace -> namespace.name().name())
                        .filter(this::mayRead)
                        .anyMatch(user ->
                                gateway.spec().allowedNamespaces().admits(gateway.namespace(), user, labels(user))))
                .isPresent();
    }

    private SortedMap<String, String> labels(Name namespace) {
        return state.namespace(namespace)
                .map(found -> found.metadata().labels())
                .orElseGet(Metadata::noLabels);
    }

    /** The text, with what is foreign in place of foreign names; of a rule that remains its tier. */
    public String told(String text) {
        if (access.mayEverywhere(Right.READ)) {
            return text;
        }
        String named = NAME.matcher(text).replaceAll(this::toldName);
        return NAMESPACE.matcher(named).replaceAll(this::toldNamespace);
    }

    private String toldName(MatchResult found) {
        Name namespace = new Name(found.group(1));
        ResourceName name = new ResourceName(namespace, new Name(found.group(2)));
        // What is of no namespace is no name, but a media type, a path or a fraction.
        return state.namespace(namespace).isEmpty() || knows(name) ? quoted(found.group()) : foreign(name);
    }

    private String foreign(ResourceName name) {
        return state.rule(name)
                .map(rule ->
                        "(foreign, tier %s)".formatted(capitalized(rule.spec().tier())))
                .orElse("(foreign)");
    }

    private String toldNamespace(MatchResult found) {
        Name namespace = new Name(found.group(2));
        return state.namespace(namespace).isEmpty() || isKnown(namespace)
                ? quoted(found.group())
                : "another %s".formatted(found.group(1).toLowerCase(Locale.ROOT));
    }

    private boolean isKnown(Name namespace) {
        return mayRead(namespace)
                || state.gateways().stream()
                        .filter(gateway -> gateway.namespace().equals(namespace))
                        .anyMatch(gateway -> mayUseGateway(gateway.name()))
                || state.destinations().stream()
                        .filter(destination -> destination.namespace().equals(namespace))
                        .anyMatch(destination -> mayUseDestination(destination.name()));
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    private static String capitalized(Enum<?> value) {
        return value.name().charAt(0) + value.name().substring(1).toLowerCase(Locale.ROOT);
    }

    Warning told(Warning warning) {
        return new Warning(
                warning.subject(),
                warning.pointer(),
                warning.reason(),
                told(warning.message()),
                !mayRead(warning.subject()));
    }
}
