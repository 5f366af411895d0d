package io.sallyport.domain.route;

/**
 * What a header or a query parameter must be. Of a header that comes several times the values are one, joined by commas;
 * of a query parameter the first counts, as it is written.
 *
 * @param name of a header in lower case; of a query parameter in its own case
 * @param isInverted whether the value must not match; one that is not there is compared as an empty text then
 */
public record FieldMatch(String name, ValueMatch value, boolean isInverted) {}
