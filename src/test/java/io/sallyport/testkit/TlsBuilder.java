package io.sallyport.testkit;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.security.TlsVersions;
import io.sallyport.domain.security.TlsVersions.Version;
import java.time.Instant;
import java.util.List;

/** {@code aTls().trusting("edge/ca").sni("front.test").build()}: as without a policy at first. */
public final class TlsBuilder {
    private Mode mode = Mode.AS_PORT;
    private List<String> sni = List.of();
    private List<String> names = List.of();
    private List<ResourceName> caBundle = List.of();
    private List<ResourceName> client = List.of();
    private TlsVersions versions = TlsVersions.DEFAULT;
    private List<String> suites = List.of();
    private List<String> alpn = List.of();
    private List<TlsOrigination.Unverified> unverified = List.of();

    private TlsBuilder() {}

    public static TlsBuilder aTls() {
        return new TlsBuilder();
    }

    public TlsBuilder mode(Mode newMode) {
        mode = newMode;
        return this;
    }

    public TlsBuilder sni(String name) {
        sni = List.of(name);
        return this;
    }

    public TlsBuilder named(String... newNames) {
        names = List.of(newNames);
        return this;
    }

    public TlsBuilder trusting(String credential) {
        caBundle = List.of(ResourceName.parse(credential));
        return this;
    }

    public TlsBuilder showing(String credential) {
        client = List.of(ResourceName.parse(credential));
        return this;
    }

    public TlsBuilder versions(Version oldest, Version newest) {
        versions = new TlsVersions(oldest, newest);
        return this;
    }

    public TlsBuilder suites(String... newSuites) {
        suites = List.of(newSuites);
        return this;
    }

    public TlsBuilder alpn(String... protocols) {
        alpn = List.of(protocols);
        return this;
    }

    public TlsBuilder unverifiedUntil(Instant until) {
        unverified = List.of(new TlsOrigination.Unverified(until, "trial", false));
        return this;
    }

    public TlsOrigination build() {
        return new TlsOrigination(mode, sni, names, caBundle, client, versions, suites, alpn, unverified);
    }
}
