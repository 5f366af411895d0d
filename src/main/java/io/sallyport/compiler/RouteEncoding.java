package io.sallyport.compiler;

import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteCriteria;
import io.sallyport.domain.snapshot.RouteTarget;
import java.util.Collection;

/** How a route enters a hash. */
final class RouteEncoding {
    private RouteEncoding() {}

    static void encode(ContentHash hash, CompiledRoute route) {
        hash.text(route.id()).text(route.route()).number(route.rule()).number(route.match());
        content(hash, route);
    }

    /** All but what it is called. */
    static void content(ContentHash hash, CompiledRoute route) {
        criteria(hash, route.criteria());
        action(hash, route.action());
        edits(hash, route.responseHeaders());
        // A record of nothing but numbers and times prints without ambiguity.
        hash.texts(route.fault());
    }

    private static void criteria(ContentHash hash, RouteCriteria criteria) {
        path(hash, criteria.path());
        hash.list(criteria.headers(), field -> field(hash, field))
                .list(criteria.queryParams(), field -> field(hash, field))
                .texts(criteria.method())
                .text(criteria.isGrpc());
    }

    private static void path(ContentHash hash, PathMatch path) {
        switch (path) {
            case PathMatch.Exact exact -> hash.text("exact");
            case PathMatch.Prefix prefix -> hash.text("prefix");
            case PathMatch.Regex regex -> hash.text("regex");
        }
        hash.text(path.value());
    }

    private static void field(ContentHash hash, FieldMatch field) {
        hash.text(field.name()).text(field.isInverted());
        switch (field.value()) {
            case ValueMatch.Exact exact -> hash.text("exact").text(exact.text());
            case ValueMatch.Regex regex -> hash.text("regex").text(regex.regex());
            case ValueMatch.Present present -> hash.text("present");
        }
    }

    private static void action(ContentHash hash, RouteAction action) {
        switch (action) {
            case RouteAction.Forward forward -> forward(hash.text("forward"), forward);
            case RouteAction.Redirect redirect -> redirect(hash.text("redirect"), redirect.redirect());
            case RouteAction.Respond(RouteFilter.DirectResponse(int status, String body, String contentType)) ->
                hash.text("respond").number(status).text(body).text(contentType);
            case RouteAction.Refuse refuse -> hash.text("refuse");
        }
    }

    private static void forward(ContentHash hash, RouteAction.Forward forward) {
        hash.list(forward.targets(), target -> target(hash, target)).list(forward.mirrors(), mirror -> {
            target(hash, mirror.target());
            hash.number(mirror.percent().millionths());
        });
        edits(hash, forward.edits().headers());
        hash.texts(forward.edits().host());
        rewrites(hash, forward.edits().path());
        hash.text(forward.timeouts()).list(forward.retry(), retry -> retry(hash, retry));
    }

    private static void target(ContentHash hash, RouteTarget target) {
        hash.text(target.upstream())
                .texts(target.subset())
                .number(target.weight())
                .texts(target.serverName());
    }

    private static void retry(ContentHash hash, RetryPolicy retry) {
        hash.number(retry.attempts())
                .texts(retry.conditions())
                .texts(retry.statuses())
                .text(retry.perTryTimeout())
                .text(retry.backOff())
                .texts(retry.budget());
    }

    private static void redirect(ContentHash hash, RouteFilter.Redirect redirect) {
        hash.texts(redirect.scheme()).texts(redirect.hostname()).texts(redirect.port());
        rewrites(hash, redirect.path());
        hash.number(redirect.statusCode());
    }

    private static void rewrites(ContentHash hash, Collection<PathRewrite> rewrites) {
        hash.list(rewrites, rewrite -> {
            switch (rewrite) {
                case PathRewrite.Full full -> hash.text("full");
                case PathRewrite.Prefix prefix -> hash.text("prefix");
            }
            hash.text(rewrite.value());
        });
    }

    private static void edits(ContentHash hash, HeaderEdits edits) {
        headers(hash, edits.set());
        headers(hash, edits.add());
        hash.texts(edits.remove());
    }

    private static void headers(ContentHash hash, Collection<HeaderEdits.Header> headers) {
        hash.list(headers, header -> hash.text(header.name()).text(header.value()));
    }
}
