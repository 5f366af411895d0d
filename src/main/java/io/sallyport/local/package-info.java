/** Everything on one machine: the launcher, its processes, trials and benches. Not part of the product. */
@NullMarked
package io.sallyport.local;

import org.jspecify.annotations.NullMarked;
