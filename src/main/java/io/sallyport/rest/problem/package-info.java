/** The one mapper to RFC 9457. */
@NullMarked
package io.sallyport.rest.problem;

import org.jspecify.annotations.NullMarked;
