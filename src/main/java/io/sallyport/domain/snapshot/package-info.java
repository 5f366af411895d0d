/** What one gateway must run at a revision, in words that no agent owns. */
@NullMarked
package io.sallyport.domain.snapshot;

import org.jspecify.annotations.NullMarked;
