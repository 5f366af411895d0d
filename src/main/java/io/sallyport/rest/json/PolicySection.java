package io.sallyport.rest.json;

import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.PolicyTarget.Kind;
import io.sallyport.rest.json.Violations.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The sections of a security policy, and what each can be asked of. */
enum PolicySection {
    AUTHENTICATION("authentication"),
    AUTHORIZATION("authorization"),
    EXTERNAL_AUTHORIZATION("externalAuthorization"),
    RATE_LIMIT("rateLimit"),
    REQUEST_LIMITS("requestLimits"),
    HEADERS("headers"),
    CORS("cors"),
    CREDENTIAL_INJECTION(
            "credentialInjection", "A credential is for a destination, and for it alone: name one in targetRefs."),
    TLS("tls", "This TLS is the one to a destination: name one in targetRefs.");

    private final String field;
    private final boolean isOfDestinationsAlone;
    private final String otherwise;

    PolicySection(String field) {
        this.field = field;
        this.isOfDestinationsAlone = false;
        this.otherwise = "";
    }

    /** What is asked of destinations alone, and what is said where it is asked of anything else. */
    PolicySection(String field, String otherwise) {
        this.field = field;
        this.isOfDestinationsAlone = true;
        this.otherwise = otherwise;
    }

    /** The fields of a policy. */
    static String[] fields() {
        return Arrays.stream(values()).map(section -> section.field).toArray(String[]::new);
    }

    /** Reports where nothing is asked, something of a target that cannot do it, or nothing of a target. */
    static void report(Fields fields, List<PolicyTarget> targets) {
        List<PolicySection> asked = Arrays.stream(values())
                .filter(section -> fields.isThere(section.field))
                .toList();
        if (asked.isEmpty()) {
            fields.needed(AUTHENTICATION.field, "A policy asks for something: " + names(section -> true) + ".");
        }
        if (targets.stream().noneMatch(target -> target.kind() == Kind.EGRESS_GATEWAY) && !targets.isEmpty()) {
            fields.optional("requestLimits", limits -> {
                if (limits.value().hasNonNull("maxHeadersKb")) {
                    limits.child("maxHeadersKb")
                            .report(
                                    Reason.CONTRADICTION,
                                    "Headers are read before it is known for which destination they are: name a gateway in targetRefs.");
                }
                return Optional.empty();
            });
        }
        if (!targets.isEmpty()) {
            asked.stream()
                    .filter(section -> targets.stream().noneMatch(section::suits))
                    .forEach(section -> fields.refused(section.field, section.otherwise));
        }
        for (int index = 0; index < targets.size(); index++) {
            PolicyTarget target = targets.get(index);
            if (!asked.isEmpty() && asked.stream().noneMatch(section -> section.suits(target))) {
                fields.place()
                        .child("targetRefs")
                        .child(Integer.toString(index))
                        .report(
                                Reason.CONTRADICTION,
                                "Of a target of this kind a policy asks %s; this one asks nothing of the kind."
                                        .formatted(names(section -> section.suits(target))));
            }
        }
    }

    private boolean suits(PolicyTarget target) {
        return !isOfDestinationsAlone || target.kind() == Kind.DESTINATION;
    }

    private static String names(Predicate<PolicySection> wanted) {
        return Arrays.stream(values())
                .filter(wanted)
                .map(section -> "'" + section.field + "'")
                .collect(Collectors.joining(", "));
    }
}
