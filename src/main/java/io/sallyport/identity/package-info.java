/** Who is calling and what they may do. */
@NullMarked
package io.sallyport.identity;

import org.jspecify.annotations.NullMarked;
