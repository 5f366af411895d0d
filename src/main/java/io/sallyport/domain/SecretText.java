package io.sallyport.domain;

/** A text that nobody but its user sees: it prints as a placeholder. */
public record SecretText(String reveal) {

    @Override
    public String toString() {
        return "[redacted]";
    }
}
