package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.common.matching.v3.ExtensionWithMatcher;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.Composite;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourceIPInput;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;

/**
 * The table who of a listener that reads HTTP, in two parts: the classes of a source by its strongest identity, and those
 * by its address, whatever its identity.
 */
final class SourceTables {
    private final Listener listener;
    private final List<JwtProvider> jwt;
    private final Collection<SourceClass> classes;

    SourceTables(Listener listener, List<JwtProvider> jwt, Collection<SourceClass> classes) {
        this.listener = listener;
        this.jwt = jwt;
        this.classes = classes;
    }

    io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig identities(String name) {
        return Composites.extension(name, table(byIdentity()));
    }

    /** Does nothing where no class asks for an address. */
    io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig addresses(String name) {
        boolean isNeeded = classes.stream().anyMatch(one -> !one.ipBlocks().isEmpty());
        Message table = isNeeded
                ? table(SourceStamp.ADDRESSES.byAddress(address(), classes, SourceClass::ipBlocks))
                : HeaderMutation.getDefaultInstance();
        return Composites.extension(name, table);
    }

    // Every source of a mutual listener has a certificate, which is then who it is.
    private Matcher byIdentity() {
        if (listener.isMutual()) {
            return CertificateNames.matcher(classes);
        }
        Matcher byAddress = SourceStamp.IDENTITIES.byAddress(
                address(), classes, one -> one.identities().ranges());
        return TokenNames.matcher(jwt, classes, byAddress);
    }

    // What is direct is the proxy in front, where there is one that says for whom it speaks.
    private TypedExtensionConfig address() {
        return listener.acceptsProxyProtocol()
                ? Predicates.extension("source", SourceIPInput.getDefaultInstance())
                : Predicates.extension("source", DirectSourceIPInput.getDefaultInstance());
    }

    private static ExtensionWithMatcher table(Matcher matcher) {
        return ExtensionWithMatcher.newBuilder()
                .setExtensionConfig(Composites.extension("composite", Composite.getDefaultInstance()))
                .setXdsMatcher(matcher)
                .build();
    }
}
