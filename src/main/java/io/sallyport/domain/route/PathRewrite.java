package io.sallyport.domain.route;

/** Another path for a request; its query stays. */
public sealed interface PathRewrite {
    String value();

    /** This in place of all of the path. */
    record Full(String value) implements PathRewrite {}

    /** This in place of the prefix that the match means. */
    record Prefix(String value) implements PathRewrite {}
}
