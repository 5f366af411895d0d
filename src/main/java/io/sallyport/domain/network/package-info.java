/** Hosts, addresses, ports and identities as they appear on the wire. */
@NullMarked
package io.sallyport.domain.network;

import org.jspecify.annotations.NullMarked;
