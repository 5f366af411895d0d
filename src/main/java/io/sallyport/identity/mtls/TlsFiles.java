package io.sallyport.identity.mtls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the files of a server and of whom it trusts. Remembers nothing. */
record TlsFiles(Path certificate, Path key, Optional<Path> trustBundles, InstantSource clock) {

    /**
     * What the files say.
     *
     * @param key empty where there never was one
     * @param faults what is wrong, by file; of those, what was there before counts
     */
    record Reading(Optional<ServerKey> key, TrustBundles bundles, SortedMap<String, String> faults) {
        static final Reading NOTHING = new Reading(Optional.empty(), TrustBundles.NONE, new TreeMap<>());
    }

    Reading after(Reading before) {
        Instant now = clock.instant();
        SortedMap<String, String> faults = new TreeMap<>();
        TrustBundles bundles = trustBundles
                .map(folder -> new BundleFolder(folder).after(before.bundles(), now, faults))
                .orElse(TrustBundles.NONE);
        return new Reading(key(before, now, faults), bundles, faults);
    }

    private Optional<ServerKey> key(Reading before, Instant now, SortedMap<String, String> faults) {
        try {
            return Optional.of(ServerKey.parse(Files.readString(certificate), Files.readString(key), now));
        } catch (IOException | IllegalArgumentException broken) {
            faults.put(certificate.toString(), words(broken));
            return before.key();
        }
    }

    static String words(Exception broken) {
        return broken instanceof IOException
                ? "it cannot be read: %s %s".formatted(broken.getClass().getSimpleName(), broken.getMessage())
                : String.valueOf(broken.getMessage());
    }
}
