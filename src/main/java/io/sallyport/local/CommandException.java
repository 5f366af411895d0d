package io.sallyport.local;

/** Something that the user should read and can act upon; printed without a stack. */
public final class CommandException extends RuntimeException {

    public CommandException(String message) {
        super(message);
    }
}
