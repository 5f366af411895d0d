package io.sallyport.store.postgres;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** With what the data of credentials is encrypted where it is stored. */
@ConfigMapping(prefix = "sallyport.encryption")
public interface EncryptionSettings {
    /**
     * Keys of 32 random bytes in Base64, separated by commas: the first encrypts, all of them decrypt. Without any, no
     * credential can be written.
     */
    Optional<String> key();
}
