/** What every revision must hold to, whoever writes it. */
@NullMarked
package io.sallyport.domain.guardrail;

import org.jspecify.annotations.NullMarked;
