package io.sallyport.push.xds;

import java.util.Map;

/**
 * One response to send.
 *
 * @param versions what it is about: version by name
 */
record Outgoing<R>(R response, Map<String, String> versions) {}
