package io.sallyport.identity.mtls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Lets clients in whose certificate is an SVID of a trust domain that is trusted at the time of the handshake. */
final class SpiffeTrust extends X509ExtendedTrustManager {
    private final Supplier<TrustBundles> bundles;
    private final InstantSource clock;
    private final Consumer<CertificateException> told;

    /** @param told why somebody is refused in a handshake, who may not hear it himself */
    SpiffeTrust(Supplier<TrustBundles> bundles, InstantSource clock, Consumer<CertificateException> told) {
        this.bundles = bundles;
        this.clock = clock;
        this.told = told;
    }

    Svid verify(List<X509Certificate> chain) throws CertificateException {
        return Svid.verify(chain, bundles.get(), clock.instant());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        try {
            Svid ignored = verify(List.of(chain));
        } catch (CertificateException refused) {
            told.accept(refused);
            throw refused;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        throw new UnsupportedOperationException("it is for a server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        checkServerTrusted(chain, type);
    }

    /** None is named: whoever asks learns nothing of whom we trust. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
