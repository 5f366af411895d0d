/** Who may what: roles, and the subjects that they are bound to. */
@NullMarked
package io.sallyport.domain.access;

import org.jspecify.annotations.NullMarked;
