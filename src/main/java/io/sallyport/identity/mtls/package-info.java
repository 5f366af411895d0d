/** Agents proven by a certificate with a SPIFFE ID, and what the server itself proves to be. */
@NullMarked
package io.sallyport.identity.mtls;

import org.jspecify.annotations.NullMarked;
