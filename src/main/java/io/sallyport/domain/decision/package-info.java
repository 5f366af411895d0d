/** A request at a gateway, and what becomes of it. */
@NullMarked
package io.sallyport.domain.decision;

import org.jspecify.annotations.NullMarked;
