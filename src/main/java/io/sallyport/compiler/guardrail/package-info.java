/** Tells whether invariants hold over a whole state, by trying one flow of every sort there is. */
@NullMarked
package io.sallyport.compiler.guardrail;

import org.jspecify.annotations.NullMarked;
