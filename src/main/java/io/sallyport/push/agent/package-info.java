/** The agent protocol, sallyport.agent.v1. */
@NullMarked
package io.sallyport.push.agent;

import org.jspecify.annotations.NullMarked;
