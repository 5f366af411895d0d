package io.sallyport.local.conformance;

import java.util.Collection;
import java.util.Optional;

/** What a client can send, in either manner. Its methods may be called by any thread. */
interface Wire extends AutoCloseable {
    /** A request of a type without names. */
    void askForAll(String typeUrl);

    /** Names more and names fewer; {@code nonce} is empty where nothing is answered by it. */
    void change(String typeUrl, Collection<String> added, Collection<String> dropped, String nonce);

    /** The first request of a type by a client that has something of it. */
    void resume(String typeUrl, Collection<String> names, Memory.OfType memory);

    /** Accepts, or refuses where there is a reason to. */
    void answer(Heard heard, Optional<String> refusal, Collection<String> added);

    /** Whether a response of that type holds all there is. */
    boolean isWhole(String typeUrl);

    /** Ends the stream. */
    @Override
    void close();
}
