/** What was done and what was refused: the events of the trail, and the chain that they form. */
@NullMarked
package io.sallyport.domain.audit;

import org.jspecify.annotations.NullMarked;
