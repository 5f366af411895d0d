/** The trial of several replicas under random failures. */
@NullMarked
package io.sallyport.local.replicas;

import org.jspecify.annotations.NullMarked;
