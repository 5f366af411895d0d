package io.sallyport.local.differential;

import java.nio.charset.StandardCharsets;
import javax.net.ssl.SNIServerName;

/** A server name that nobody looks at before it is sent. */
final class AnyServerName extends SNIServerName {
    private static final int HOST_NAME = 0;

    AnyServerName(String name) {
        super(HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
    }
}
