/** The connections that streams run over: TLS, who is at their other end, and for how long they may be open. */
@NullMarked
package io.sallyport.push.transport;

import org.jspecify.annotations.NullMarked;
