/** Tests of HTTP in, on a real database and a real issuer. */
@NullMarked
package io.sallyport.rest;

import org.jspecify.annotations.NullMarked;
