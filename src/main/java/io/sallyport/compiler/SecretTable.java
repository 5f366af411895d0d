package io.sallyport.compiler;

import io.sallyport.domain.Credential;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.ListenerTls;
import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.Secret;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The credentials that a gateway needs. One that is not there, or is not what its user needs, is left out: whoever
 * refers to it then proves nothing and trusts nobody. A credential is used from its own namespace alone.
 */
record SecretTable(DesiredState state, Resource<EgressGateway> gateway) {

    List<Secret> secrets(Collection<Upstream> upstreams, Collection<EffectivePolicy> policies) {
        SortedMap<ResourceName, Secret> byName = new TreeMap<>();
        Stream.concat(needs(upstreams), policies.stream().flatMap(SecretTable::ofPolicy))
                .flatMap(need -> found(need).stream())
                .forEach(found -> byName.put(found.name(), new Secret(found.name(), found.spec())));
        return List.copyOf(byName.values());
    }

    /** The names of all that the gateway itself refers to, whether or not it is there. */
    static Stream<ResourceName> references(EgressGateway gateway) {
        return Stream.concat(
                gateway.listeners().stream().flatMap(SecretTable::ofListener),
                gateway.conduct().upstreamProxy().stream().flatMap(proxy -> proxy.credential().stream()));
    }

    private static Stream<ResourceName> ofListener(Listener listener) {
        return listener.tls().stream()
                .flatMap(tls -> Stream.concat(Stream.of(tls.credential()), tls.clientCa().stream()));
    }

    private Stream<Need> needs(Collection<Upstream> upstreams) {
        EgressGateway spec = gateway.spec();
        Stream<Need> ofListeners = spec.listeners().stream()
                .flatMap(listener -> listener.tls().stream())
                .flatMap(this::ofTls);
        Stream<Need> ofProxy = spec.conduct().upstreamProxy().stream()
                .map(UpstreamProxy::credential)
                .flatMap(List::stream)
                .map(name -> need(name, Credential.Type.TOKEN));
        Stream<Need> ofUpstreams = upstreams.stream().flatMap(SecretTable::ofUpstream);
        return Stream.of(ofListeners, ofProxy, ofUpstreams).flatMap(all -> all);
    }

    private Stream<Need> ofTls(ListenerTls tls) {
        return Stream.concat(
                Stream.of(need(tls.credential(), Credential.Type.CERTIFICATE)),
                tls.clientCa().stream().map(name -> need(name, Credential.Type.CA_BUNDLE)));
    }

    // Whoever it is of, its namespace is the credential's: writes refuse any other.
    private static Stream<Need> ofPolicy(EffectivePolicy policy) {
        return policy.jwt().stream()
                .flatMap(provider -> provider.remote().stream())
                .flatMap(keys -> keys.caBundle().stream())
                .map(name -> new Need(name, name, Credential.Type.CA_BUNDLE));
    }

    private static Stream<Need> ofUpstream(Upstream upstream) {
        TlsOrigination tls = upstream.tls();
        return Stream.of(
                        needs(upstream, tls.caBundle(), Credential.Type.CA_BUNDLE),
                        needs(upstream, tls.clientCertificate(), Credential.Type.CERTIFICATE),
                        needs(
                                upstream,
                                upstream.injection().stream()
                                        .map(CredentialInjection::credential)
                                        .toList(),
                                Credential.Type.TOKEN))
                .flatMap(needs -> needs);
    }

    private static Stream<Need> needs(Upstream upstream, List<ResourceName> names, Credential.Type type) {
        return names.stream().map(name -> new Need(upstream.destination(), name, type));
    }

    private Need need(ResourceName name, Credential.Type type) {
        return new Need(gateway.name(), name, type);
    }

    private List<Resource<Credential>> found(Need need) {
        return state
                .credential(need.name())
                .filter(found -> found.namespace().equals(need.user().namespace()))
                .filter(found -> found.spec().type() == need.type())
                .stream()
                .toList();
    }

    /** That a resource uses a credential, as what. */
    private record Need(ResourceName user, ResourceName name, Credential.Type type) {}
}
