/** Documents as they are on the wire, and their way into the domain. */
@NullMarked
package io.sallyport.rest.json;

import org.jspecify.annotations.NullMarked;
