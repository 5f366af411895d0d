/** Is the shape kept? */
@NullMarked
package io.sallyport.architecture;

import org.jspecify.annotations.NullMarked;
