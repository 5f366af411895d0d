package io.sallyport.push.agent;

import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsVersions;
import io.sallyport.push.agent.v1.AgentProtocol;

/** How an upstream is spoken to over TLS; its CA bundle is a field of the upstream. */
final class TlsFields {
    private TlsFields() {}

    static AgentProtocol.TlsOrigination of(TlsOrigination tls) {
        AgentProtocol.TlsOrigination.Builder body = AgentProtocol.TlsOrigination.newBuilder()
                .setMode(mode(tls.mode()))
                .addAllSubjectAltNames(tls.subjectAltNames())
                .addAllCipherSuites(tls.cipherSuites())
                .addAllAlpn(tls.alpn());
        tls.serverName().forEach(body::setServerName);
        tls.clientCertificate().forEach(name -> body.setClientCertificate(name.toString()));
        tls.unverified().forEach(one -> body.setUnverifiedUntil(Times.of(one.until())));
        if (!tls.versions().equals(TlsVersions.DEFAULT)) {
            body.setMinVersion(tls.versions().oldest().number())
                    .setMaxVersion(tls.versions().newest().number());
        }
        return body.build();
    }

    private static AgentProtocol.TlsOrigination.Mode mode(TlsOrigination.Mode mode) {
        return switch (mode) {
            case AS_PORT -> AgentProtocol.TlsOrigination.Mode.MODE_UNSPECIFIED;
            case DISABLE -> AgentProtocol.TlsOrigination.Mode.MODE_DISABLE;
            case SIMPLE -> AgentProtocol.TlsOrigination.Mode.MODE_SIMPLE;
            case MUTUAL -> AgentProtocol.TlsOrigination.Mode.MODE_MUTUAL;
        };
    }
}
