package io.sallyport.compiler;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;

/**
 * A place where a route would lead whom rules do not let through there.
 *
 * @param pointer to what of the route leads there
 * @param admitting the rule that lets somebody through to the host, {@code sallyport/default-allow} where the default does;
 *     where nobody can be led there, whoever it is, the empty text
 * @param why in words, and what to do
 */
record RouteEscape(
        ResourceName route,
        String pointer,
        ResourceName gateway,
        Name listener,
        HostPattern host,
        PortNumber port,
        String admitting,
        String why) {}
