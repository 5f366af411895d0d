/** The newest snapshot of every target, for whoever is watching. */
@NullMarked
package io.sallyport.feed;

import org.jspecify.annotations.NullMarked;
