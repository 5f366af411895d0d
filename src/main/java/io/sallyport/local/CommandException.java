package io.sallyport.local;

/** Something that the user should read and can act upon; printed without a stack. */
final class CommandException extends RuntimeException {

    CommandException(String message) {
        super(message);
    }
}
