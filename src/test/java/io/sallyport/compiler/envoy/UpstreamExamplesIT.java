package io.sallyport.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.CorporateProxy;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.ExampleState;
import io.sallyport.testkit.RawHttp.Answer;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.WebUpstream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of what is behind a rule, at ports of their own. */
@RequiresEnvoy
class UpstreamExamplesIT {
    @TempDir
    Path folder;

    private final NameServer names = NameServer.start();
    private final int listening = Ports.free();
    private final int web = Ports.free();

    @AfterEach
    void stop() {
        names.close();
    }

    @Test
    void theEastTakesOverFromTheWest() {
        WebUpstream west = WebUpstream.at("127.9.6.1", web);
        try (WebUpstream east = WebUpstream.at("127.9.6.3", web);
                Outpost outpost = outpost("failover", 13128)) {
            await().untilAsserted(() ->
                    assertThat(outpost.get("billing.example").body()).isEqualTo("127.9.6.1"));

            west.close();

            await().untilAsserted(() ->
                    assertThat(outpost.get("billing.example").body()).isEqualTo("127.9.6.3"));
            assertThat(east.asked()).contains("billing.example/healthz");
        }
    }

    @Test
    void whatIsBelowANameIsJudgedByWhatItResolvesTo() {
        names.answer("a.partners.example", "127.9.6.1")
                .answer("b.partners.example", "127.0.0.1")
                .answer("c.partners.example", "127.9.7.1");
        try (var partner = EchoUpstream.at("127.9.6.1", web);
                Outpost outpost = outpost("wildcard", 13128)) {
            assertThat(outpost.get("a.partners.example").status()).isEqualTo(200);
            assertThat(outpost.get("b.partners.example").body()).contains("address-policy");
            assertThat(outpost.get("c.partners.example").body()).contains("address-policy");
            assertThat(partner.connections()).isEqualTo(1);
        }
    }

    @Test
    void theProxyIsTheOnlyWay() {
        try (var billing = EchoUpstream.at("127.9.6.1", web);
                var proxy = CorporateProxy.start("127.9.6.9", "127.9.6.1", "Basic c2FsbHk6cG9ydA==");
                Outpost outpost = outpost("corporate-proxy", proxy.port())) {
            Answer answer = outpost.get("billing.example");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(proxy.heads()).singleElement().asString().startsWith("GET http://billing.example:" + web + "/");
            assertThat(billing.connections()).isEqualTo(1);
        }
    }

    private Outpost outpost(String example, int proxy) {
        DesiredState state = ExampleState.of(example)
                .read(text -> text.replace("10080", Integer.toString(listening))
                        .replace("10443", Integer.toString(Ports.free()))
                        .replace("18080", Integer.toString(web))
                        .replace("13128", Integer.toString(proxy)));
        return Outpost.start(folder, names, listening, state);
    }
}
