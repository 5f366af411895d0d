/** Desired state to snapshot: pure functions, no clock, no I/O. */
@NullMarked
package io.sallyport.compiler;

import org.jspecify.annotations.NullMarked;
