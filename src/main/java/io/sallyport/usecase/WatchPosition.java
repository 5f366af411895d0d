package io.sallyport.usecase;

import io.sallyport.domain.Revision;

/**
 * How far a watcher has read: all of a revision, or some changes of the one after it.
 *
 * @param done how many changes of the revision after it
 */
public record WatchPosition(Revision revision, int done) {
    public WatchPosition {
        if (done < 0) {
            throw new IllegalArgumentException("no fewer than no changes");
        }
    }

    public static WatchPosition after(Revision revision) {
        return new WatchPosition(revision, 0);
    }

    /** Reads {@code 17}, or {@code 17+200} for all of 17 and 200 changes of 18; throws IllegalArgumentException. */
    public static WatchPosition parse(String text) {
        int plus = text.indexOf('+');
        if (!text.matches("\\d{1,18}(\\+\\d{1,9})?")) {
            throw new IllegalArgumentException("'%s' is no position".formatted(text));
        }
        return plus < 0
                ? after(new Revision(Long.parseLong(text)))
                : new WatchPosition(
                        new Revision(Long.parseLong(text.substring(0, plus))),
                        Integer.parseInt(text.substring(plus + 1)));
    }

    @Override
    public String toString() {
        return done == 0 ? revision.toString() : revision + "+" + done;
    }
}
