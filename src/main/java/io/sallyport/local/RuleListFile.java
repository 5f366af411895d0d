package io.sallyport.local;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.envoyproxy.envoy.extensions.matching.input_matchers.ip.v3.Ip;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What there would be without tables: all rules of {@link BenchDocuments} in one list that each request goes through, in
 * a file from which an Envoy discovers it.
 */
record RuleListFile(Path file, BenchDocuments documents) {
    static final String NAME = "rules";

    /** Writes it anew, with one host denied to the caller; returns its size in bytes. */
    int write(int version, int deniedHost) {
        List<MatcherList.FieldMatcher> rules = new ArrayList<>();
        for (int number = 0; number < documents.hosts(); number++) {
            rules.add(rule("bench/caller-" + number, number, documents.caller(), number != deniedHost));
            rules.add(rule("bench/w" + number, number, documents.address(number), true));
        }
        RBAC filter = RBAC.newBuilder()
                .setMatcher(Matcher.newBuilder()
                        .setMatcherList(MatcherList.newBuilder().addAllMatchers(rules))
                        .setOnNoMatch(decision("sallyport/default-deny", false)))
                .build();
        return put(DiscoveryResponse.newBuilder()
                .setVersionInfo(Integer.toString(version))
                .addResources(Any.pack(io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig.newBuilder()
                        .setName(NAME)
                        .setTypedConfig(Any.pack(filter))
                        .build()))
                .build()
                .toByteArray());
    }

    private static MatcherList.FieldMatcher rule(String name, int host, String source, boolean allows) {
        StringMatcher.Builder authority = StringMatcher.newBuilder().setExact(BenchDocuments.host(host));
        Predicate toHost = Predicate.newBuilder()
                .setSinglePredicate(Predicate.SinglePredicate.newBuilder()
                        .setInput(extension(HttpRequestHeaderMatchInput.newBuilder()
                                .setHeaderName(":authority")
                                .build()))
                        .setValueMatch(authority))
                .build();
        Ip address = Ip.newBuilder()
                .setStatPrefix("sources")
                .addCidrRanges(CidrRange.newBuilder().setAddressPrefix(source).setPrefixLen(UInt32Value.of(32)))
                .build();
        Predicate fromSource = Predicate.newBuilder()
                .setSinglePredicate(Predicate.SinglePredicate.newBuilder()
                        .setInput(extension(DirectSourceIPInput.getDefaultInstance()))
                        .setCustomMatch(extension(address)))
                .build();
        return MatcherList.FieldMatcher.newBuilder()
                .setPredicate(Predicate.newBuilder()
                        .setAndMatcher(Predicate.PredicateList.newBuilder()
                                .addPredicate(toHost)
                                .addPredicate(fromSource)))
                .setOnMatch(decision(name, allows))
                .build();
    }

    private static Matcher.OnMatch decision(String name, boolean allows) {
        Action action = Action.newBuilder()
                .setName(name)
                .setAction(
                        allows
                                ? io.envoyproxy.envoy.config.rbac.v3.RBAC.Action.ALLOW
                                : io.envoyproxy.envoy.config.rbac.v3.RBAC.Action.DENY)
                .build();
        return Matcher.OnMatch.newBuilder().setAction(extension(action)).build();
    }

    private static TypedExtensionConfig extension(Message message) {
        return TypedExtensionConfig.newBuilder()
                .setName(message.getDescriptorForType().getName())
                .setTypedConfig(Any.pack(message))
                .build();
    }

    // Envoy looks at a file that is moved to its place.
    private int put(byte[] content) {
        try {
            Path next = Files.write(file.resolveSibling("next.pb"), content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return content.length;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
