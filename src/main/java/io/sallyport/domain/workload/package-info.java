/** Source identities and the namespaces that may speak for them. */
@NullMarked
package io.sallyport.domain.workload;

import org.jspecify.annotations.NullMarked;
