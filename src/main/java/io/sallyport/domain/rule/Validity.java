package io.sallyport.domain.rule;

import java.time.Instant;

/** When a rule holds: from {@code notBefore}, included, to {@code expiresAt}, excluded. */
public record Validity(Instant notBefore, Instant expiresAt) {
    public static final Validity ALWAYS = new Validity(Instant.MIN, Instant.MAX);

    public Validity {
        if (!notBefore.isBefore(expiresAt)) {
            throw new IllegalArgumentException("expiresAt must be after notBefore");
        }
    }

    public boolean holdsAt(Instant time) {
        return !time.isBefore(notBefore) && time.isBefore(expiresAt);
    }

    public boolean hasStart() {
        return !notBefore.equals(Instant.MIN);
    }

    public boolean hasEnd() {
        return !expiresAt.equals(Instant.MAX);
    }
}
