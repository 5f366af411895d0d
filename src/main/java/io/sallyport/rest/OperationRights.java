package io.sallyport.rest;

import io.sallyport.domain.Kind;
import io.sallyport.identity.Right;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What each operation of the contract needs, by its id: a new one has its place here, and tests ask for it. */
final class OperationRights {
    private static final Needed READ_ANYWHERE = new Needed.Anywhere(Right.READ);
    private static final Map<String, Needed> NAMED = Map.ofEntries(
            Map.entry("whoAmI", new Needed.Nothing()),
            Map.entry("listNamespaces", READ_ANYWHERE),
            Map.entry("listRevisions", READ_ANYWHERE),
            Map.entry("getRevision", READ_ANYWHERE),
            Map.entry("getState", READ_ANYWHERE),
            Map.entry("watch", READ_ANYWHERE),
            Map.entry("diffRevisions", READ_ANYWHERE),
            Map.entry("listAgents", READ_ANYWHERE),
            Map.entry("getConvergence", READ_ANYWHERE),
            Map.entry("getConfirmation", READ_ANYWHERE),
            Map.entry("confirmRevision", new Needed.AsEachResource()),
            Map.entry("listDenials", new Needed.Here(Right.READ)),
            Map.entry("explain", READ_ANYWHERE),
            Map.entry("listAuditEvents", new Needed.Anywhere(Right.READ_AUDIT)),
            Map.entry("verifyAudit", new Needed.Everywhere(Right.READ_AUDIT)),
            Map.entry("getSnapshot", new Needed.Here(Right.READ_SNAPSHOT)),
            Map.entry("getRollout", new Needed.Here(Right.READ)),
            Map.entry("pauseRollout", new Needed.Here(Right.WRITE_GATEWAY)),
            Map.entry("resumeRollout", new Needed.Here(Right.WRITE_GATEWAY)),
            Map.entry("promoteRollout", new Needed.Here(Right.WRITE_GATEWAY)),
            Map.entry("abortRollout", new Needed.Here(Right.WRITE_GATEWAY)),
            Map.entry("apply", new Needed.AsEachResource()),
            Map.entry("listChangeSets", READ_ANYWHERE),
            Map.entry("createChangeSet", READ_ANYWHERE),
            Map.entry("getChangeSet", READ_ANYWHERE),
            Map.entry("editChangeSet", new Needed.AsEachResource()),
            Map.entry("discardChangeSet", new Needed.AsEachResource()),
            Map.entry("validateChangeSet", READ_ANYWHERE),
            Map.entry("previewChangeSet", READ_ANYWHERE),
            Map.entry("listChangeSetApprovals", READ_ANYWHERE),
            Map.entry("approveChangeSet", READ_ANYWHERE),
            Map.entry("withdrawChangeSetApproval", READ_ANYWHERE),
            Map.entry("rebaseChangeSet", new Needed.AsEachResource()),
            Map.entry("publishChangeSet", new Needed.AsEachResource()),
            Map.entry("restoreRevision", new Needed.AsEachResource()));

    private OperationRights() {}

    static Optional<Needed> of(String operation) {
        return Optional.ofNullable(NAMED.get(operation)).or(() -> ofKind(operation));
    }

    private static Optional<Needed> ofKind(String operation) {
        if (operation.startsWith("listAll")) {
            return Optional.of(READ_ANYWHERE);
        }
        return Arrays.stream(Kind.values())
                .flatMap(kind -> ofKind(operation, kind).stream())
                .findFirst();
    }

    private static Optional<Needed> ofKind(String operation, Kind kind) {
        String name = kind.documentName();
        String plural = name.endsWith("Policy") ? name.replace("Policy", "Policies") : name + "s";
        if (operation.equals("get" + name)
                || operation.equals("list" + plural)
                || operation.equals("list" + name + "Uses")) {
            return Optional.of(new Needed.Here(Right.READ));
        }
        return operation.equals("put" + name) || operation.equals("patch" + name) || operation.equals("delete" + name)
                ? Optional.of(new Needed.Here(Right.toWrite(kind)))
                : Optional.empty();
    }

    /** What a caller must have. */
    sealed interface Needed {
        /** As the contract says it. */
        String words();

        /** The right to it in the namespace of the path. */
        record Here(Right right) implements Needed {
            @Override
            public String words() {
                return switch (right.reach()) {
                    case NAMESPACE -> "the right to %s, in the namespace".formatted(right.words());
                    case EVERYWHERE -> "the right to %s, in all namespaces".formatted(right.words());
                };
            }
        }

        /** The right to it in some namespace: it shows no more than what the caller may read. */
        record Anywhere(Right right) implements Needed {
            @Override
            public String words() {
                return "the right to %s, in some namespace; what you may not read is left out".formatted(right.words());
            }
        }

        /** The right to it in all namespaces. */
        record Everywhere(Right right) implements Needed {
            @Override
            public String words() {
                return "the right to %s, in all namespaces".formatted(right.words());
            }
        }

        /** The rights to write each of the resources that it changes. */
        record AsEachResource() implements Needed {
            @Override
            public String words() {
                return "the right to write each of the resources";
            }
        }

        /** Nothing but a valid token. */
        record Nothing() implements Needed {
            @Override
            public String words() {
                return "nothing but a valid token";
            }
        }
    }
}
