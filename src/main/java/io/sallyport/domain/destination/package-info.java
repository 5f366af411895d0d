/** External services: their hosts, ports and how they are reached. */
@NullMarked
package io.sallyport.domain.destination;

import org.jspecify.annotations.NullMarked;
