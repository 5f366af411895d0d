package io.sallyport.domain.security;

import io.sallyport.domain.ResourceName;

/**
 * A credential that the gateway adds to requests to a destination, and to those alone.
 *
 * @param credential a {@code Credential} of type Token, of the policy's namespace
 * @param header in lower case
 * @param prefix in front of the token, {@code "Bearer "} for example; may be empty
 * @param overwrite whether a header that the source sent gives way; without, such a request goes on as it is
 */
public record CredentialInjection(ResourceName credential, String header, String prefix, boolean overwrite) {}
