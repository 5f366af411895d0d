package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.http.credential_injector.v3.CredentialInjector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.http.injected_credentials.generic.v3.Generic;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.security.CredentialInjection;

/**
 * A credential that a cluster adds to what is sent to it, so that it goes with no mirror and to no other host. Without
 * the secret nothing is sent.
 */
final class InjectedCredential {
    private InjectedCredential() {}

    static HttpFilter of(CredentialInjection injection) {
        return of(injection.credential(), injection.header(), injection.prefix(), injection.overwrite());
    }

    /** As the whole value of the header, its scheme included. */
    static HttpFilter whole(ResourceName credential, String header) {
        return of(credential, header, "", true);
    }

    private static HttpFilter of(ResourceName credential, String header, String prefix, boolean overwrite) {
        Generic.Builder generic = Generic.newBuilder().setHeader(header).setCredential(Secrets.reference(credential));
        Generic prefixed = prefix.isEmpty()
                ? generic.build()
                : NewerFields.prefixed(generic, prefix).build();
        CredentialInjector injector = CredentialInjector.newBuilder()
                .setOverwrite(overwrite)
                .setCredential(TypedExtensionConfig.newBuilder()
                        .setName("envoy.http.injected_credentials.generic")
                        .setTypedConfig(Encoding.any(prefixed)))
                .build();
        return HttpFilters.inline("envoy.filters.http.credential_injector", injector);
    }
}
