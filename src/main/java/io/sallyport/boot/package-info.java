/** Wiring, start, health; nothing else. */
@NullMarked
package io.sallyport.boot;

import org.jspecify.annotations.NullMarked;
