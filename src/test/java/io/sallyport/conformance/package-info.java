/** What a user does, against the packaged program and a real Envoy. */
@NullMarked
package io.sallyport.conformance;

import org.jspecify.annotations.NullMarked;
