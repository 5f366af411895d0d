/** What a server of xDS must do, as claims that any server can be tried against. */
@NullMarked
package io.sallyport.local.conformance;

import org.jspecify.annotations.NullMarked;
