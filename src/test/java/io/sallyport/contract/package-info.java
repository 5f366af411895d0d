/** What clients may lean on: whether the API still keeps what its last published contract promised. */
@NullMarked
package io.sallyport.contract;

import org.jspecify.annotations.NullMarked;
