/** What is true: values and rules, plain Java, with no sight of the outside. */
@NullMarked
package io.sallyport.domain;

import org.jspecify.annotations.NullMarked;
