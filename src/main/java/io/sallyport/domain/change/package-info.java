/** What is done to the desired state that is not final: changes that wait for somebody's word. */
@NullMarked
package io.sallyport.domain.change;

import org.jspecify.annotations.NullMarked;
