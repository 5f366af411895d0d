package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.network.IpAddress;
import java.util.List;

/** The header of the PROXY protocol, version 1, in which a proxy in front says for whom it speaks. */
final class ProxyHeader {
    private ProxyHeader() {}

    static byte[] of(Attempt attempt, int sourcePort) {
        IpAddress source = attempt.peer().address();
        return "PROXY %s %s %s %d 443\r\n"
                .formatted(source.isV4() ? "TCP4" : "TCP6", source, destination(attempt, source), sourcePort)
                .getBytes(US_ASCII);
    }

    private static String destination(Attempt attempt, IpAddress source) {
        List<IpAddress> original =
                attempt.approach() instanceof Approach.Connection connection ? connection.original() : List.of();
        return original.stream().findFirst().map(IpAddress::value).orElse(source.isV4() ? "127.9.0.1" : "fd00:9::1");
    }
}
