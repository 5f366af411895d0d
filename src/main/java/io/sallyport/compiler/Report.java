package io.sallyport.compiler;

import io.sallyport.compiler.Finding.Severity;
import io.sallyport.domain.Resource;
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

    void add(Severity severity, Resource<?> subject, String pointer, String reason, String message) {
        findings.add(new Finding(severity, subject.key(), pointer, reason, message));
    }

    List<Finding> findings() {
        return new ArrayList<>(findings);
    }
}
