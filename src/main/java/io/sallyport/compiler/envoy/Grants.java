package io.sallyport.compiler.envoy;

import com.google.protobuf.ByteString;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.SourceClass;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who may reach one host and port, cell by cell, so that each can be taken away alone. A rule that is yet to begin or to
 * end counts for what is open: only a revision that says that it is over closes it.
 *
 * @param destination the stamp of the host and port
 * @param closed routes of it that lead nowhere any more
 * @param addresses cells of the address, where rules ask for it apart from who the source is; empty where they are one
 */
record Grants(
        String destination,
        List<SourceCell> sources,
        List<SourceCell> addresses,
        List<CompiledRule> rules,
        List<SourceClass> classes,
        DefaultAction otherwise,
        List<String> closed) {
    private static final SourceCell ELSE = new SourceCell.Else();

    /** {@code classes} are those that the rules speak of. */
    static Grants of(
            Listener listener,
            String destination,
            List<CompiledRule> rules,
            List<SourceClass> classes,
            DefaultAction otherwise) {
        List<SourceCell> sources = new ArrayList<>();
        cells(classes, one -> principals(listener, one)).forEach(sources::add);
        if (!listener.isMutual()) {
            cells(classes, one -> one.identities().ranges().stream().map(SourceCell.At::new))
                    .forEach(sources::add);
        }
        sources.add(ELSE);
        List<SourceCell> addresses = new ArrayList<>();
        cells(classes, one -> one.ipBlocks().stream().map(SourceCell.At::new)).forEach(addresses::add);
        addresses.add(ELSE);
        return new Grants(destination, sources, addresses, rules, classes, otherwise, List.of());
    }

    /** Of connections, whose source is known by its address alone: it is in one cell for all that rules ask. */
    static Grants ofConnections(
            String destination, List<CompiledRule> rules, List<SourceClass> classes, DefaultAction otherwise) {
        List<SourceCell> sources = new ArrayList<>();
        cells(
                        classes,
                        one -> Stream.concat(one.identities().ranges().stream(), one.ipBlocks().stream())
                                .map(SourceCell.At::new))
                .forEach(sources::add);
        sources.add(ELSE);
        return new Grants(destination, sources, List.of(), rules, classes, otherwise, List.of());
    }

    /** The same with routes that lead nowhere any more: what came by them before ends, and so does what came with it. */
    Grants closing(List<String> routes) {
        return new Grants(destination, sources, addresses, rules, classes, otherwise, routes);
    }

    private static Stream<SourceCell> principals(Listener listener, SourceClass one) {
        return one.identities().principals().stream()
                .filter(listener.isMutual() ? PrincipalPattern::isOfCertificates : PrincipalPattern::isOfTokens)
                .map(SourceCell.Named::new);
    }

    private static Stream<SourceCell> cells(
            Collection<SourceClass> classes, Function<SourceClass, Stream<? extends SourceCell>> cells) {
        return classes.stream().<SourceCell>flatMap(cells).distinct();
    }

    /** The grants that there are, by the names of their chains. */
    Stream<String> chains() {
        return sources.stream()
                .flatMap(source -> addressesOf(source)
                        .filter(address -> isAdmitted(source, address))
                        .map(address -> chain(source, address)));
    }

    private Stream<SourceCell> addressesOf(SourceCell source) {
        return addresses.isEmpty() ? Stream.of(source) : addresses.stream();
    }

    /** Where nobody is admitted it is the name of no chain. */
    String chain(SourceCell source, SourceCell address) {
        if (!isAdmitted(source, address)) {
            return CutListener.NO_CHAIN;
        }
        String text = "%s %s %s without %s".formatted(destination, source, address, denied(source, address))
                + (closed.isEmpty() ? "" : " " + closed);
        return Encoding.digest(ByteString.copyFrom(text, StandardCharsets.UTF_8));
    }

    // Who is refused within a cell had its chain before: that chain has to go, and another comes.
    private List<String> denied(SourceCell source, SourceCell address) {
        return sources.stream()
                .filter(narrow -> narrow.isWithin(source))
                .flatMap(narrow -> addressesOf(narrow)
                        .filter(block -> block.isWithin(address))
                        .filter(block -> !isAdmitted(narrow, block))
                        .map(block -> narrow + " " + block))
                .sorted()
                .toList();
    }

    private boolean isAdmitted(SourceCell source, SourceCell address) {
        for (CompiledRule rule : rules) {
            if (speaksOf(rule, source, address) && decidesAlready(rule)) {
                return rule.action() == Action.ALLOW;
            }
        }
        return otherwise == DefaultAction.ALLOW;
    }

    private boolean speaksOf(CompiledRule rule, SourceCell source, SourceCell address) {
        return classes.stream()
                .filter(one -> rule.sources().contains(one.id()))
                .anyMatch(one -> source.isAmong(one.identities()) && address.isAmong(one.ipBlocks()));
    }

    private static boolean decidesAlready(CompiledRule rule) {
        return rule.action() == Action.ALLOW || !rule.validity().hasStart();
    }
}
