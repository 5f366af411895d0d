/** Tests of documents. */
@NullMarked
package io.sallyport.rest.json;

import org.jspecify.annotations.NullMarked;
