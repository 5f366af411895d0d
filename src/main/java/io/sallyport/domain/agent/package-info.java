/** Connected data planes, what they were sent and what they said to it. */
@NullMarked
package io.sallyport.domain.agent;

import org.jspecify.annotations.NullMarked;
