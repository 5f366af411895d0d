package io.sallyport.domain.route;

/**
 * What a header or a query parameter must be. A header that comes several times matches where one of its values does, each
 * by itself (Envoy 1.39 and later); of a query parameter the first counts, as it is written.
 *
 * @param name of a header in lower case; of a query parameter in its own case
 * @param isInverted whether the value must not match; one that is not there is compared as an empty text then
 */
public record FieldMatch(String name, ValueMatch value, boolean isInverted) {}
