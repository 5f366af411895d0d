package io.sallyport.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Names the configured issuer in the contract that is served, so that Swagger UI logs in there. */
@OpenApiFilter(OpenApiFilter.RunStage.RUN)
public final class ContractIssuer implements OASFilter {
    @Override
    public SecurityScheme filterSecurityScheme(SecurityScheme scheme) {
        ConfigProvider.getConfig()
                .getOptionalValue("quarkus.oidc.auth-server-url", String.class)
                .ifPresent(issuer -> scheme.setOpenIdConnectUrl(issuer + "/.well-known/openid-configuration"));
        return scheme;
    }
}
