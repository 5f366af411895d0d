package io.sallyport.push.xds;

import java.util.regex.Pattern;

/** What an Envoy says when it refuses, for people: without the dumps of configurations that may be in it. */
final class EnvoyWords {
    private static final int LONGEST = 400;

    // The dump ends where the violated constraint is named, if it is.
    private static final Pattern DUMP =
            Pattern.compile("goo\\.gle/debug\\w*.*?(?=Proto constraint validation failed|$)", Pattern.DOTALL);

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    // Whether something else has its port, or its address is not there, changes without us.
    private static final Pattern PASSING =
            Pattern.compile("cannot bind|Address already in use|Cannot assign requested");

    private EnvoyWords() {}

    static String shortened(String text) {
        String plain = BLANKS.matcher(DUMP.matcher(text).replaceAll("… "))
                .replaceAll(" ")
                .strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }

    /** Whether the same may be accepted later. */
    static boolean mayPass(String text) {
        return PASSING.matcher(text).find();
    }
}
