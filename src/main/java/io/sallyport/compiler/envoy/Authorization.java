package io.sallyport.compiler.envoy;

/** The words by which authorization is told from rules in what Envoy writes down. */
final class Authorization {
    static final String STATISTICS = "authorization.";
    static final String AUDITS = "audits.";

    /** Before the name of what denied; no namespace is written so. */
    static final String DENIED = "authorization_/";

    static final String ALLOWED = "sallyport/authorized";

    private Authorization() {}
}
