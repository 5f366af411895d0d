/** What tests share: real servers, builders, waiting. */
@NullMarked
package io.sallyport.testkit;

import org.jspecify.annotations.NullMarked;
