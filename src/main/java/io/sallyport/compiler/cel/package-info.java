/** Conditions in CEL: what may be said in them, and what they come to, as the data plane has it. */
@NullMarked
package io.sallyport.compiler.cel;

import org.jspecify.annotations.NullMarked;
