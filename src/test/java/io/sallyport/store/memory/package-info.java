/** The store's contract kept in memory, for tests that need no database. */
@NullMarked
package io.sallyport.store.memory;

import org.jspecify.annotations.NullMarked;
