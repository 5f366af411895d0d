/** What a gateway decides on a request, and why: the meaning of a snapshot, as the proxy that runs it has it. */
@NullMarked
package io.sallyport.compiler.explain;

import org.jspecify.annotations.NullMarked;
