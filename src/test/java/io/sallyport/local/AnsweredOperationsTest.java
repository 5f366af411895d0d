package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AnsweredOperationsTest {
    @Test
    void whatNeverDidWhatItIsForIsNamed() {
        AnsweredOperations answered = AnsweredOperations.of("""
                # TYPE http_server_requests_seconds summary
                http_server_requests_seconds_count{method="GET",outcome="SUCCESS",status="200",uri="/api/v1/me"} 3.0
                http_server_requests_seconds_count{method="GET",outcome="CLIENT_ERROR",status="400",uri="/api/v1/me"} 1.0
                http_server_requests_seconds_sum{method="GET",outcome="SUCCESS",status="200",uri="/api/v1/me"} 0.5
                http_server_requests_seconds_count{method="POST",outcome="CLIENT_ERROR",status="409",uri="/api/v1/apply",} 12.0
                http_server_requests_seconds_count{method="TRACE",outcome="CLIENT_ERROR",status="405",uri="/api/v1/me"} 1.0
                http_server_requests_seconds_count{method="GET",outcome="SUCCESS",status="200",uri="/q/openapi"} 1.0
                """);

        assertThat(answered.lines())
                .containsExactly(
                        "never 2xx: /api/v1/apply POST {409=12}",
                        "operations answered=2, with 2xx=1, statuses={200=3, 400=1, 409=12}");
    }
}
