/** Which workloads may reach which destinations through which gateway. */
@NullMarked
package io.sallyport.domain.rule;

import org.jspecify.annotations.NullMarked;
