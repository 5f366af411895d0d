package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.util.List;
import java.util.stream.Stream;

/** Which authorities are meant, within a virtual host that has matched the host as far as it can. */
record Authority(List<HeaderMatcher> host) {
    Authority {
        host = List.copyOf(host);
    }

    static Authority of(HostPattern host) {
        return new Authority(
                host.isRange()
                        ? List.of(matcher(StringMatcher.newBuilder()
                                .setSafeRegex(RegexMatcher.newBuilder()
                                        .setRegex(RangeExpression.of(host.range()) + "(:.*)?"))))
                        : List.of());
    }

    List<HeaderMatcher> at(PortNumber port) {
        return and(matcher(StringMatcher.newBuilder().setSuffix(":" + port)));
    }

    List<HeaderMatcher> withoutPort() {
        return and(matcher(StringMatcher.newBuilder().setContains(":")).toBuilder()
                .setInvertMatch(true)
                .build());
    }

    List<HeaderMatcher> atAnyPort() {
        return host;
    }

    private List<HeaderMatcher> and(HeaderMatcher port) {
        return Stream.concat(host.stream(), Stream.of(port)).toList();
    }

    private static HeaderMatcher matcher(StringMatcher.Builder expected) {
        return HeaderMatcher.newBuilder()
                .setName(":authority")
                .setStringMatch(expected)
                .build();
    }
}
