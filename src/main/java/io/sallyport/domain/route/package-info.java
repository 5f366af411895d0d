/** What a traffic route matches, and what then happens. */
@NullMarked
package io.sallyport.domain.route;

import org.jspecify.annotations.NullMarked;
