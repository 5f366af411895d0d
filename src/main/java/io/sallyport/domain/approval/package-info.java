/** Which changes need somebody else's word, whose, and how they are done without it where they cannot wait. */
@NullMarked
package io.sallyport.domain.approval;

import org.jspecify.annotations.NullMarked;
