package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.rest.json.PatchForm;
import io.sallyport.rest.json.ResourceJson;
import io.sallyport.usecase.GetResource;
import io.sallyport.usecase.Precondition;
import io.sallyport.usecase.ResourceView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Changes to a part of a resource. What is patched is the resource as it is now, and it is written only where it still is
 * so: where somebody was faster the patch is done again on what he made of it.
 */
@RequestScoped
public class PatchExchange {
    private static final int MOST_ATTEMPTS = 20;

    private final Exchange exchange;
    private final Query query;
    private final Once once;
    private final GetResource getResource;
    private final ResourceExchange resources;

    @Inject
    PatchExchange(Exchange exchange, Query query, Once once, GetResource getResource, ResourceExchange resources) {
        this.exchange = exchange;
        this.query = query;
        this.once = once;
        this.getResource = getResource;
        this.resources = resources;
    }

    Response patch(Kind kind, String namespace, String name, InputStream body) {
        query.takesOfWrite();
        ResourceKey key = ResourceExchange.existing(kind, namespace, name);
        byte[] bytes = exchange.read(body);
        return once.answer(bytes, () -> patch(key, PatchForm.ofSubtype(exchange.subtype()), bytes));
    }

    private Response patch(ResourceKey key, PatchForm form, byte[] body) {
        Precondition own = exchange.precondition();
        if (own instanceof Precondition.Absent) {
            throw Exchange.malformed("If-None-Match: * creates, and there must be something to patch: use PUT.");
        }
        for (int attempt = 1; ; attempt++) {
            ResourceView view = getResource.getToWrite(exchange.caller(), key);
            own.check(Optional.of(view.resource()));
            JsonNode document = form.applied(ResourceJson.write(view.resource()), body);
            Revision revision = view.resource().metadata().revision();
            try {
                return resources.put(key, document, new Precondition.AtRevision(Set.of(revision)));
            } catch (FailureException failed) {
                again(failed, attempt);
            }
        }
    }

    private void again(FailureException failed, int attempt) {
        if (!(failed.failure() instanceof Failure.Stale) || exchange.hasPrecondition()) {
            throw failed;
        }
        if (attempt == MOST_ATTEMPTS) {
            throw new FailureException(new Failure.Conflict(
                    "Others changed the resource %d times meanwhile; nothing was written, try again."
                            .formatted(MOST_ATTEMPTS)));
        }
        // What another replica wrote is seen here a moment later.
        pause(attempt);
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(Duration.ofMillis(5L * attempt));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
