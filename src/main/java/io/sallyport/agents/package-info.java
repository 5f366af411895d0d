/** Who is connected and what they run: the ledger. */
@NullMarked
package io.sallyport.agents;

import org.jspecify.annotations.NullMarked;
