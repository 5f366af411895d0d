/** Which agents of a gateway get a change first, and when the others follow. */
@NullMarked
package io.sallyport.domain.rollout;

import org.jspecify.annotations.NullMarked;
