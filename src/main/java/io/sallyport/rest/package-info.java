/** HTTP in. */
@NullMarked
package io.sallyport.rest;

import org.jspecify.annotations.NullMarked;
