package io.sallyport.push.xds;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** One type of resource on one stream. */
interface TypeSession<Q, R> {

    /** What the client asks of this type, and what it answers to what it was sent; returns what it refused, if it did. */
    Optional<Refused> receive(Q request);

    /** Finds what is to be sent, given what the client is to have; {@code holdBack} leaves what it has as it is. */
    void compare(Content wanted, boolean holdBack, Lease lease);

    /** The next response, if there is one to send. */
    Optional<Outgoing<R>> next(String nonce, String revision, Lease lease);

    /** Tells the client that what it has still holds, where that is due; asked when there is nothing else to send. */
    Optional<Outgoing<R>> renewal(String nonce, String revision, Lease lease, Instant now);

    /** When that is due. */
    Instant renewalDue(Lease lease);

    /** Has a resource sent once more though the client has it, as it needs it again. */
    void sendAgain(String name);

    /** What the client is to have and refused as it is: version by name. */
    SortedMap<String, String> parked();

    /** Has a parked resource sent once more as it is. */
    void tryAgain(String name);

    /** Whether the client says that it has something from an earlier stream. */
    boolean isResumed();

    /** Whether all was sent and answered. */
    boolean isAnswered();

    /** Whether all was sent and accepted. */
    boolean isAccepted();

    /** For how many names more is kept than what all streams share. */
    int exceptions();
}
