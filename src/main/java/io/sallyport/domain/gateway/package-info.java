/** The egress gateway and its listeners. */
@NullMarked
package io.sallyport.domain.gateway;

import org.jspecify.annotations.NullMarked;
