/** What is risky about a change: worked out of what gateways let through, before and after it. Pure. */
@NullMarked
package io.sallyport.compiler.risk;

import org.jspecify.annotations.NullMarked;
