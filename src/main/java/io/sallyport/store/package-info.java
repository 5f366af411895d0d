/** What is remembered: interfaces that Postgres and the in-memory fake both keep. */
@NullMarked
package io.sallyport.store;

import org.jspecify.annotations.NullMarked;
