package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes everything as it was at a revision, by a new one that passes every check of any write. Secrets and role bindings are left as they
 * are: an old one may be one that had to be replaced.
 */
public final class RestoreRevision {
    private final Authorizer authorizer;
    private final PastStates pastStates;
    private final CurrentState current;
    private final ApplyDocuments applyDocuments;
    private final PreviewWrite previewWrite;

    public RestoreRevision(
            Authorizer authorizer,
            PastStates pastStates,
            CurrentState current,
            ApplyDocuments applyDocuments,
            PreviewWrite previewWrite) {
        this.authorizer = authorizer;
        this.pastStates = pastStates;
        this.current = current;
        this.applyDocuments = applyDocuments;
        this.previewWrite = previewWrite;
    }

    public Restored restore(Caller caller, Revision revision, String message, WriteTerms terms) {
        authorizer.checkReadAnywhere(caller);
        DesiredState wanted = pastStates.at(revision);
        Written written = applyDocuments.apply(
                caller, message, WriteOrder.of(intents(current.get(), wanted)).under(terms));
        // What somebody created in the same moment was not there to be taken away.
        List<Intent> rest = intents(written.state(), wanted).stream()
                .filter(Intent.Remove.class::isInstance)
                .toList();
        if (!rest.isEmpty()) {
            written = applyDocuments.apply(caller, message, WriteOrder.of(rest).under(terms.withoutEmergency()));
        }
        return new Restored(written, readable(caller, left(written.state(), wanted)));
    }

    public Tried tried(Caller caller, Revision revision, WriteTerms terms, PreviewWish wish) {
        authorizer.checkReadAnywhere(caller);
        DesiredState wanted = pastStates.at(revision);
        DesiredState now = current.get();
        return new Tried(
                previewWrite.preview(caller, WriteOrder.of(intents(now, wanted)).under(terms), wish),
                readable(caller, left(now, wanted)));
    }

    private List<ResourceKey> readable(Caller caller, List<ResourceKey> left) {
        Access access = authorizer.access(caller);
        return left.stream().filter(access::mayRead).toList();
    }

    private static List<Intent> intents(DesiredState now, DesiredState wanted) {
        Set<ResourceKey> left = new HashSet<>(left(now, wanted));
        return differing(now, wanted)
                .filter(key -> !left.contains(key))
                .map(key -> intent(key, wanted))
                .toList();
    }

    /** What is not made as it was, and differs. A namespace stays where something of it does. */
    private static List<ResourceKey> left(DesiredState now, DesiredState wanted) {
        Set<ResourceKey> left = new TreeSet<>();
        differing(now, wanted).filter(key -> isLeft(key.kind())).forEach(left::add);
        List<ResourceKey> namespaces = left.stream()
                .filter(key -> now.find(key).isPresent())
                .map(key -> ResourceKey.ofNamespace(key.namespace()))
                .filter(key -> wanted.find(key).isEmpty())
                .toList();
        left.addAll(namespaces);
        return List.copyOf(left);
    }

    private static Stream<ResourceKey> differing(DesiredState now, DesiredState wanted) {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> now.differing(kind, wanted).stream().map(name -> key(kind, name)))
                .filter(key -> !isEqual(now, wanted, key));
    }

    private static boolean isEqual(DesiredState now, DesiredState wanted, ResourceKey key) {
        return now.find(key).map(Content::of).equals(wanted.find(key).map(Content::of));
    }

    private static ResourceKey key(Kind kind, ResourceName name) {
        return new ResourceKey(kind, name);
    }

    private static boolean isLeft(Kind kind) {
        return switch (kind) {
            case CREDENTIAL, ROLE_BINDING -> true;
            case NAMESPACE,
                    EGRESS_GATEWAY,
                    DESTINATION,
                    WORKLOAD,
                    EGRESS_RULE,
                    TRAFFIC_ROUTE,
                    SECURITY_POLICY,
                    GUARDRAIL,
                    APPROVAL_POLICY -> false;
        };
    }

    private static Intent intent(ResourceKey key, DesiredState wanted) {
        return wanted.find(key)
                .<Intent>map(resource -> new Intent.Put(draft(resource), new Precondition.None()))
                .orElseGet(() -> new Intent.Remove(key, new Precondition.None()));
    }

    // Nothing was sent that could be pointed into, so violations point into what is restored.
    private static Draft draft(Resource<?> resource) {
        ResourceKey key = resource.key();
        return new Draft(
                "/%s/%s/%s"
                        .formatted(
                                key.kind().documentName(),
                                key.namespace(),
                                key.name().name()),
                key,
                resource.metadata().labels(),
                resource.metadata().annotations(),
                resource.spec());
    }

    /** What its writer said of a resource. */
    private record Content(Object labels, Object annotations, Object spec) {
        static Content of(Resource<?> resource) {
            return new Content(resource.metadata().labels(), resource.metadata().annotations(), resource.spec());
        }
    }

    /**
     * What a restore did.
     *
     * @param left what differs from then and was left as it is
     */
    public record Restored(Written written, List<ResourceKey> left) {
        public Restored {
            left = List.copyOf(left);
        }
    }

    /** What a restore would do. */
    public record Tried(Preview preview, List<ResourceKey> left) {
        public Tried {
            left = List.copyOf(left);
        }
    }
}
