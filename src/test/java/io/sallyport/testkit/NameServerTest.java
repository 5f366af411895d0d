package io.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Hashtable;
import java.util.List;
import java.util.stream.IntStream;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameServerTest {
    private final NameServer names = NameServer.start();

    @AfterEach
    void stop() {
        names.close();
    }

    @Test
    void answersWithAllAddressesOfTheKindAskedFor() throws NamingException {
        names.answer("mixed.test", "127.9.0.1", "127.0.0.1", "fd00::1");

        assertThat(ask("mixed.test", "A")).containsExactlyInAnyOrder("127.9.0.1", "127.0.0.1");
        assertThat(ask("mixed.test", "AAAA")).containsExactly("fd00::1");
    }

    @Test
    void changesItsAnswerBetweenTwoQueriesAndStaysWithTheLast() throws NamingException {
        names.answer("odd.test", "127.9.0.1").thenAnswer("odd.test", "127.0.0.1");

        assertThat(List.of(ask("odd.test", "A"), ask("ODD.test", "A"), ask("odd.test", "A")))
                .containsExactly(List.of("127.9.0.1"), List.of("127.0.0.1"), List.of("127.0.0.1"));
        assertThat(names.queries("odd.test")).isEqualTo(3);
    }

    @Test
    void knowsNoOtherNames() {
        assertThatThrownBy(() -> ask("none.test", "A")).isInstanceOf(NameNotFoundException.class);
    }

    // The JDK has no other client for a name server of one's choice; this one is our own.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private List<String> ask(String name, String type) throws NamingException {
        var environment = new Hashtable<String, String>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", "dns://127.0.0.1:" + names.port());
        Attribute answer = new InitialDirContext(environment)
                .getAttributes(name, new String[] {type})
                .get(type);
        return IntStream.range(0, answer.size())
                .mapToObj(index -> at(answer, index))
                .toList();
    }

    private static String at(Attribute answer, int index) {
        try {
            return answer.get(index).toString();
        } catch (NamingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
