/** The only place that knows Hibernate and SQL. */
@NullMarked
package io.sallyport.store.postgres;

import org.jspecify.annotations.NullMarked;
