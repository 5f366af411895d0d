/** Streams to and from agents. */
@NullMarked
package io.sallyport.push;

import org.jspecify.annotations.NullMarked;
