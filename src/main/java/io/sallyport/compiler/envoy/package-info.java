/** A snapshot as Envoy resources. */
@NullMarked
package io.sallyport.compiler.envoy;

import org.jspecify.annotations.NullMarked;
