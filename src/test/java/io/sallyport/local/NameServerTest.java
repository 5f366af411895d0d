package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.network.IpAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameServerTest {
    private final NameServer names = NameServer.start();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        names.close();
    }

    @Test
    void answersWithAllAddressesOfTheKindAskedFor() {
        names.answer("mixed.test", "127.9.0.1", "127.0.0.1", "fd00::1");

        assertThat(ask("mixed.test", "A")).containsExactlyInAnyOrder("127.9.0.1", "127.0.0.1");
        assertThat(ask("mixed.test", "AAAA")).containsExactly("fd00::1");
    }

    @Test
    void changesItsAnswerBetweenTwoQueriesAndStaysWithTheLast() {
        names.answer("odd.test", "127.9.0.1").thenAnswer("odd.test", "127.0.0.1");

        assertThat(List.of(ask("odd.test", "A"), ask("ODD.test", "A"), ask("odd.test", "A")))
                .containsExactly(List.of("127.9.0.1"), List.of("127.0.0.1"), List.of("127.0.0.1"));
        assertThat(names.queries("odd.test")).isEqualTo(3);
    }

    @Test
    void knowsNoOtherNames() {
        assertThatThrownBy(() -> ask("none.test", "A")).isInstanceOf(CompletionException.class);
    }

    private List<String> ask(String name, String type) {
        DnsClient client = vertx.createDnsClient(names.port(), "127.0.0.1");
        Future<List<String>> answer = type.equals("A") ? client.resolveA(name) : client.resolveAAAA(name);
        return answer.toCompletionStage().toCompletableFuture().join().stream()
                .map(address -> new IpAddress(address).value())
                .toList();
    }
}
