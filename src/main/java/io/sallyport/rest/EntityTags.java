package io.sallyport.rest;

import io.sallyport.domain.Revision;
import io.sallyport.usecase.Precondition;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Revisions as entity tags (RFC 9110, section 8.8.3): strong, {@code "17"} for example. */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");
    private static final String ANY = "*";

    private EntityTags() {}

    static String of(Revision revision) {
        return "\"" + revision + "\"";
    }

    /** Of the headers If-Match and If-None-Match; empty where they are absent. */
    static Precondition precondition(String ifMatch, String ifNoneMatch) {
        if (!ifMatch.isEmpty() && !ifNoneMatch.isEmpty()) {
            throw Exchange.malformed("Send one of If-Match and If-None-Match.");
        }
        if (!ifNoneMatch.isEmpty()) {
            return absent(ifNoneMatch);
        }
        if (ifMatch.isEmpty()) {
            return new Precondition.None();
        }
        return ifMatch.equals(ANY) ? new Precondition.Exists() : new Precondition.AtRevision(revisions(ifMatch));
    }

    /** Which tags, as they are without their quotes, an If-Match allows; any where it is empty. */
    static Predicate<String> allowed(String ifMatch) {
        if (ifMatch.isEmpty() || ifMatch.equals(ANY)) {
            return tag -> true;
        }
        Set<String> tags = Arrays.stream(ifMatch.split(",", -1))
                .map(tag -> unquoted(tag.strip()))
                .collect(Collectors.toUnmodifiableSet());
        return tags::contains;
    }

    private static String unquoted(String tag) {
        if (!tag.matches("\"[^\"]+\"")) {
            throw notOurs(tag);
        }
        return tag.substring(1, tag.length() - 1);
    }

    private static RuntimeException notOurs(String tag) {
        return Exchange.malformed(
                "If-Match holds '%s', which is no ETag of ours: send the ETag of the last answer, \"17\" for example."
                        .formatted(tag));
    }

    /**
     * Whether the If-None-Match of a read names it, weak or strong (RFC 9110, section 13.1.2). What is no tag of ours is
     * not it.
     */
    static boolean includes(String ifNoneMatch, Revision revision) {
        return Arrays.stream(ifNoneMatch.split(",", -1))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals(ANY) || tag.equals(of(revision)));
    }

    private static Precondition absent(String ifNoneMatch) {
        if (!ifNoneMatch.equals(ANY)) {
            throw Exchange.malformed("If-None-Match of a write can only be *, which means: create.");
        }
        return new Precondition.Absent();
    }

    private static Set<Revision> revisions(String ifMatch) {
        return Arrays.stream(ifMatch.split(",", -1))
                .map(tag -> revision(tag.strip()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Revision revision(String tag) {
        var matcher = TAG.matcher(tag);
        if (!matcher.matches()) {
            throw notOurs(tag);
        }
        return new Revision(Long.parseLong(matcher.group(1)));
    }
}
