/** What a security policy asks of traffic. */
@NullMarked
package io.sallyport.domain.security;

import org.jspecify.annotations.NullMarked;
