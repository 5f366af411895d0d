/** Envoy's protocol: aggregated discovery, delta and state of the world. */
@NullMarked
package io.sallyport.push.xds;

import org.jspecify.annotations.NullMarked;
