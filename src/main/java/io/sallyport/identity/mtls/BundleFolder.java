package io.sallyport.identity.mtls;

import io.sallyport.domain.security.CertificateChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with one file for each trust domain. Taking a file away takes the trust away; breaking it does not. */
final class BundleFolder {
    private final Path folder;

    BundleFolder(Path folder) {
        this.folder = folder;
    }

    /** @param faults is told what is wrong, by file */
    TrustBundles after(TrustBundles before, Instant now, Map<String, String> faults) {
        try {
            SortedMap<String, CertificateChain> byDomain = new TreeMap<>();
            for (Path file : files()) {
                read(file, before, now, byDomain, faults);
            }
            return new TrustBundles(byDomain);
        } catch (IOException broken) {
            faults.put(folder.toString(), TlsFiles.words(broken));
            return before;
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> BundleFile.isOne(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static void read(
            Path path,
            TrustBundles before,
            Instant now,
            SortedMap<String, CertificateChain> byDomain,
            Map<String, String> faults) {
        try {
            BundleFile file = BundleFile.named(path.getFileName().toString());
            if (byDomain.containsKey(file.trustDomain())) {
                throw new IllegalArgumentException("there is another file for this trust domain: keep one");
            }
            before.of(file.trustDomain()).ifPresent(kept -> byDomain.put(file.trustDomain(), kept));
            byDomain.put(file.trustDomain(), file.parse(Files.readString(path), now));
        } catch (IOException | IllegalArgumentException broken) {
            faults.put(path.toString(), TlsFiles.words(broken));
        }
    }
}
