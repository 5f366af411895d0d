/** Callers and agents proven by an OIDC token. */
@NullMarked
package io.sallyport.identity.oidc;

import org.jspecify.annotations.NullMarked;
