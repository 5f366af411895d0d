package io.sallyport.compiler;

import io.sallyport.compiler.Finding.Severity;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects findings, each once. */
final class Report {
    private final Set<Finding> findings = new LinkedHashSet<>();

    void error(Resource<?> subject, String pointer, String reason, String message) {
        add(Severity.ERROR, subject, pointer, reason, message);
    }

    void warning(Resource<?> subject, String pointer, String reason, String message) {
        add(Severity.WARNING, subject, pointer, reason, message);
    }

    /** A reference that leads to nothing: the referrer's mistake where he was touched, else whose who took it away. */
    void dangling(Resource<?> referrer, boolean isTouched, String pointer, ResourceKey wanted) {
        if (isTouched) {
            error(
                    referrer,
                    pointer,
                    "RefNotFound",
                    "there is no %s: create it first, or together with this".formatted(wanted));
        } else {
            error(
                    referrer,
                    pointer,
                    "ReferencedBy",
                    "%s refers to %s: delete or change it first, or together with this"
                            .formatted(referrer.key(), wanted));
        }
    }

    void add(Severity severity, Resource<?> subject, String pointer, String reason, String message) {
        findings.add(new Finding(severity, subject.key(), pointer, reason, message));
    }

    List<Finding> findings() {
        return new ArrayList<>(findings);
    }
}
