package io.sallyport.domain.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is to a namespace, or to all of them. None includes another; each may read. */
public enum Role {
    /** Reads everything, but the data of credentials, which nobody reads. */
    VIEWER,
    /** Writes workloads, and the rules and routes of what is its namespace's own. */
    DEVELOPER,
    /** Writes destinations, security policies and credentials. */
    SECURITY,
    /** Writes gateways, and what holds for all who leave by them. */
    OPERATOR,
    /** Reads the audit trail too. */
    AUDITOR,
    /** May all of the above, and says who may what. */
    ADMINISTRATOR;

    /** As it is written in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> ofWord(String text) {
        return Arrays.stream(values()).filter(role -> role.word().equals(text)).findFirst();
    }
}
