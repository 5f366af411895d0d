package io.sallyport.domain.route;

/** What the path of a request, without its query, must be. Case counts. */
public sealed interface PathMatch {
    /** Every path. */
    static PathMatch any() {
        return new Prefix("/");
    }

    String value();

    /** This path and no other. */
    record Exact(String value) implements PathMatch {
        public Exact {
            requireSlash(value);
        }
    }

    /** This path and all below it, element by element: {@code /a} is a prefix of {@code /a/b} and not of {@code /ab}. */
    record Prefix(String value) implements PathMatch {
        /** Takes off a slash at the end, which makes no difference. */
        public Prefix {
            requireSlash(value);
            value = value.length() > 1 && value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
        }
    }

    /** All of the path, in the syntax of RE2. */
    record Regex(String value) implements PathMatch {}

    /** Whether some paths are not meant. */
    default boolean isSelective() {
        return !equals(any());
    }

    private static void requireSlash(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with /");
        }
    }
}
