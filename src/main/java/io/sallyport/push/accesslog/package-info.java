/** What Envoys saw: which of their listeners serve, and what was decided there. */
@NullMarked
package io.sallyport.push.accesslog;

import org.jspecify.annotations.NullMarked;
