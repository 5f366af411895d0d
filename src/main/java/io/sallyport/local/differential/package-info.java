/** Random states and requests, decided by a real Envoy and by the evaluator: do they agree? */
@NullMarked
package io.sallyport.local.differential;

import org.jspecify.annotations.NullMarked;
