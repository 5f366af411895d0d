/**
 * How documents differ, field by field. A document is a tree of plain Java: maps, lists, texts, numbers, truths, and {@link
 * io.sallyport.domain.SecretText} for what is compared and never shown.
 */
@NullMarked
package io.sallyport.domain.diff;

import org.jspecify.annotations.NullMarked;
