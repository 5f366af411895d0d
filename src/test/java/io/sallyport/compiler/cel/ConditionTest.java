package io.sallyport.compiler.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.compiler.cel.Condition.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final Map<Attribute, Object> REQUEST = Map.of(
            Attribute.METHOD, "GET",
            Attribute.PATH, "/orders/7?full=1",
            Attribute.URL_PATH, "/orders/7",
            Attribute.QUERY, "full=1",
            Attribute.HOST, "api.example:443",
            Attribute.HEADERS, Map.of("x-team", "pay", "x-size", "12"),
            Attribute.TIME, Instant.parse("2030-03-03T22:30:00Z"),
            Attribute.MUTUAL_TLS, false,
            Attribute.CLAIMS,
                    Map.of(
                            "sub",
                            "checkout",
                            "level",
                            3.0,
                            "admin",
                            true,
                            "groups",
                            List.of("ops", "dev"),
                            "org",
                            Map.of("unit", "eu")));

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            request.method == 'GET' ; YES
            request.method != "GET" ; NO
            !(request.method == 'GET') ; NO
            request.method == 'PUT' || request.url_path.startsWith('/orders/') ; YES
            request.method == 'PUT' && request.url_path.startsWith('/orders/') ; NO
            request.method in ['PUT', 'GET'] ; YES
            request.path.endsWith('full=1') && request.query.contains('full') ; YES
            request.url_path.matches('^/orders/[0-9]+$') ; YES
            request.url_path.matches('order') ; YES
            request.host == 'api.example:443' ; YES
            request.headers['x-team'] == 'pay' ; YES
            'x-none' in request.headers ; NO
            request.headers['x-none'] == 'pay' ; UNKNOWN
            request.headers['x-none'] == 'pay' || request.method == 'GET' ; YES
            request.method == 'GET' || request.headers['x-none'] == 'pay' ; YES
            request.headers['x-none'] == 'pay' && request.method == 'PUT' ; NO
            request.headers['x-none'] == 'pay' && request.method == 'GET' ; UNKNOWN
            int(request.headers['x-size']) > 10 ; YES
            int(request.headers['x-team']) > 10 ; UNKNOWN
            size(request.method) == 3 ; YES
            request.time < timestamp('2030-01-01T00:00:00Z') ; NO
            request.time.getHours() == 22 && request.time.getMinutes() == 30 ; YES
            request.time.getHours('Europe/Berlin') == 23 ; YES
            request.time.getDayOfWeek() == 0 && request.time.getDate() == 3 && request.time.getMonth() == 2 ; YES
            request.time.getFullYear('UTC') >= 2030 ; YES
            connection.mtls ; NO
            connection.uri_san_peer_certificate.startsWith('spiffe://') ; UNKNOWN
            claims.sub == 'checkout' && claims['sub'] == 'checkout' ; YES
            claims.level >= 3.0 ; YES
            claims.level == 3.5 ; NO
            claims.level == 'three' ; UNKNOWN
            claims.admin == true ; YES
            'ops' in claims.groups ; YES
            'law' in claims.groups ; NO
            claims.groups[1] == 'dev' ; YES
            claims.groups[2] == 'dev' ; UNKNOWN
            claims.org.unit == 'eu' ; YES
            has(claims.org.unit) && !has(claims.org.team) ; YES
            has(claims.none.team) ; UNKNOWN
            claims.admin == true ? request.method == 'GET' : false ; YES
            """)
    void comesToWhatItSays(String condition, Truth expected) {
        assertThat(Condition.parse(condition).of(REQUEST)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            request.method = 'GET' ; at character 16: '=' cannot stand here
            request.method == 'GET' request.method ; at character 25: 'request' is not expected here
            request.method == ; at character 18: something is missing at the end
            request.methods == 'GET' ; at character 1: 'request.methods' is not known here: use request.method
            response.code == 200 ; at character 1: 'response' is not known here
            response.code_details == 'x' ; 'response' is not known here
            node.id == 'x' ; 'node' is not known here
            request.headers['x-a'].lowerAscii() == 'a' ; the function 'lowerAscii' cannot be used
            claims.groups.exists(g, g == 'ops') ; the function 'exists' cannot be used after a dot
            string(claims.level) == '3' ; the function 'string' cannot be used so
            request.method == 3 ; at character 16: a text cannot be compared with a whole number
            request.method && true ; at character 1: true or false is expected here, and this is a text
            claims.admin ; a claim alone is no condition
            claims.level == 3 ; numbers in tokens are decimal: write 3.0 for 3
            request.method ; true or false is expected here
            request.headers.team == 'a' ; headers are asked for as request.headers['name']
            request.headers['X-Team'] == 'a' ; write its name in lower case
            request.headers['x-sallyport-issuer'] == 'a' ; is no header of a request
            has(request.headers['x-team']) ; has(...) asks for one field
            request.url_path.matches('(') ; is no regular expression
            request.url_path.matches('(?=a)b') ; is no regular expression of RE2
            request.url_path.matches(request.query) ; a regular expression is written down
            request.time < timestamp('today') ; 'today' is no time
            request.time.getHours('Mars') > 1 ; 'Mars' is no time zone
            size() > 1 ; 'size' is called with 0 values
            request.method in [] ; nothing is in an empty list
            request.method in ['a', 1] ; a list holds values of one kind
            request.method in 'GET' ; 'in' looks for a value in a list
            1 + 1 == 2 ; '+' cannot stand here
            request.method == 'a\\q' ; the escape \\q is not known here
            """)
    void saysWhereWhatIsWrong(String condition, String expected) {
        assertThatThrownBy(() -> Condition.parse(condition))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({"'',1 to 2000", "' ',1 to 2000"})
    void isNotEmpty(String condition, String expected) {
        assertThatThrownBy(() -> Condition.parse(condition)).hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({"(, 60", "!, 2500"})
    void isNotNestedWithoutEnd(String sign, int times) {
        assertThatThrownBy(() -> Condition.parse(sign.repeat(times) + "true"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
