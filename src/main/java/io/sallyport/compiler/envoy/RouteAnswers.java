package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction.RedirectResponseCode;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteFilter.DirectResponse;
import io.sallyport.domain.route.RouteFilter.Redirect;
import io.sallyport.domain.route.RouteFilter.Scheme;
import java.util.List;
import java.util.Locale;

/** Routes that lead nowhere because somebody wants it so: the gateway answers. */
final class RouteAnswers {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private RouteAnswers() {}

    static void respond(Route.Builder route, DirectResponse response) {
        var answer = DirectResponseAction.newBuilder().setStatus(response.status());
        if (!response.body().isEmpty()) {
            answer.setBody(DataSource.newBuilder().setInlineString(response.body()));
            route.addResponseHeadersToAdd(
                    HeaderChanges.instead("content-type", response.contentType().replace("%", "%%")));
        }
        route.setDirectResponse(answer);
    }

    static void redirect(Route.Builder route, PathMatch matched, Redirect redirect) {
        var answer = RedirectAction.newBuilder().setResponseCode(code(redirect.statusCode()));
        redirect.scheme()
                .forEach(scheme -> answer.setSchemeRedirect(scheme.name().toLowerCase(Locale.ROOT))
                        .setPortRedirect(usualPort(scheme)));
        redirect.hostname().forEach(host -> answer.setHostRedirect(host.value()));
        redirect.port().forEach(port -> answer.setPortRedirect(port.value()));
        redirect.path().forEach(path -> {
            change(answer, PathChange.of(matched, path));
            Passage.written(List.of(Asked.path()))
                    .forEach(config -> route.putTypedPerFilterConfig(Passage.FILTER, config));
        });
        route.setRedirect(answer);
    }

    private static void change(RedirectAction.Builder answer, PathChange change) {
        switch (change) {
            case PathChange.OfMatch(String replacement) -> answer.setPrefixRewrite(replacement);
            case PathChange.OfPart part -> answer.setRegexRewrite(part.message());
        }
    }

    private static int usualPort(Scheme scheme) {
        return switch (scheme) {
            case HTTP -> HTTP;
            case HTTPS -> HTTPS;
        };
    }

    private static RedirectResponseCode code(int status) {
        return switch (status) {
            case 301 -> RedirectResponseCode.MOVED_PERMANENTLY;
            case 303 -> RedirectResponseCode.SEE_OTHER;
            case 307 -> RedirectResponseCode.TEMPORARY_REDIRECT;
            case 308 -> RedirectResponseCode.PERMANENT_REDIRECT;
            default -> RedirectResponseCode.FOUND;
        };
    }
}
