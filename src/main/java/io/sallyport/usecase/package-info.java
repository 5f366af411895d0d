/** One class per thing a caller can ask for; holds the transaction, asks the authorizer. */
@NullMarked
package io.sallyport.usecase;

import org.jspecify.annotations.NullMarked;
