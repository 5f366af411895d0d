package io.sallyport.push;

import io.grpc.Status;
import io.sallyport.identity.CertificateAuthenticator;
import java.util.concurrent.Executor;

/** A call that is open, what it was let in by, and where it is to be ended. */
final class ProvenCall {
    private final Proof proof;
    private final EndableCall<?, ?> call;
    private final PendingListener<?> listener;
    private final Executor here;

    ProvenCall(Proof proof, EndableCall<?, ?> call, PendingListener<?> listener, Executor here) {
        this.proof = proof;
        this.call = call;
        this.listener = listener;
        this.here = here;
    }

    Proof proof() {
        return proof;
    }

    void end(Status status) {
        here.execute(() -> {
            if (call.end(status)) {
                listener.onCancel();
            }
        });
    }

    void endWithoutTrust(CertificateAuthenticator certificates) {
        if (proof.hasLostTrust(certificates)) {
            end(Status.UNAUTHENTICATED.withDescription("The certificate is no longer trusted here"));
        }
    }

    /** Whoever ends it; perhaps twice. */
    void whenOver(Runnable action) {
        call.whenClosed(action);
        listener.whenOver(action);
    }
}
