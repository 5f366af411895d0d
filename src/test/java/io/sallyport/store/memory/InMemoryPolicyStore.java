package io.sallyport.store.memory;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionFilter;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.RevisionSummary;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.change.ChangeSet;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Remembers until the process ends, and can be told to be away. Writers take turns at {@code head}. */
public final class InMemoryPolicyStore implements PolicyStore {
    private final ReentrantLock head = new ReentrantLock();
    private volatile List<RevisionRecord> history = List.of();
    private final InMemoryAuditTrail trail = new InMemoryAuditTrail();
    private volatile Map<Revision, Confirmation> confirmations = Map.of();
    private volatile Map<About, Map<String, Approval>> approvals = Map.of();
    private final InMemoryChangeSetStore drafts = new InMemoryChangeSetStore();
    private volatile boolean away;

    /** Where what is written here is audited. */
    public InMemoryAuditTrail trail() {
        return trail;
    }

    /** Where drafts are that are published here. */
    public InMemoryChangeSetStore drafts() {
        return drafts;
    }

    /** From now on every call fails as if the database were gone, or no longer so. */
    public void setAway(boolean gone) {
        away = gone;
    }

    /** As if an older backup had been put back. */
    public void goBackTo(Revision revision) {
        history = history.subList(0, (int) revision.number());
    }

    @Override
    public Revision head() {
        return new Revision(history().size());
    }

    @Override
    public DesiredState load() {
        return stateAfter(history());
    }

    @Override
    public Optional<DesiredState> loadAt(Revision revision) {
        List<RevisionRecord> all = history();
        return revision.number() > all.size()
                ? Optional.empty()
                : Optional.of(stateAfter(all.subList(0, (int) revision.number())));
    }

    @Override
    public List<RevisionRecord> revisionsAfter(Revision revision, int limit) {
        return history().stream().skip(revision.number()).limit(limit).toList();
    }

    @Override
    public List<RevisionRecord> revisionsBefore(Revision revision, int limit) {
        return history().reversed().stream()
                .filter(record -> revision.isAfter(record.revision()))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<RevisionRecord> revision(Revision revision) {
        return history().stream()
                .filter(record -> record.revision().equals(revision))
                .findFirst();
    }

    @Override
    public List<Change> changesBack(Revision from, Revision to) {
        DesiredState before = stateAfter(history().subList(0, (int) to.number()));
        return history().subList((int) to.number(), (int) from.number()).stream()
                .flatMap(record -> record.changes().stream())
                .map(Change::key)
                .distinct()
                .map(key -> before.find(key).<Change>map(Change.Put::new).orElseGet(() -> new Change.Delete(key)))
                .toList();
    }

    @Override
    public List<RevisionSummary> summaries(RevisionFilter filter, Revision before, int limit) {
        return history().reversed().stream()
                .filter(record -> before.isAfter(record.revision()) && filter.matches(record))
                .limit(limit)
                .map(record -> RevisionSummary.of(told(record, filter)))
                .toList();
    }

    private static RevisionRecord told(RevisionRecord record, RevisionFilter filter) {
        List<Change> told = record.changes().stream()
                .filter(change -> filter.tells(change.key()))
                .toList();
        String message = told.equals(record.changes()) ? record.message() : "";
        return new RevisionRecord(record.revision(), record.at(), record.author(), message, record.hash(), told);
    }

    @Override
    public Optional<Confirmation> confirmation(Revision revision) {
        boolean ignored = history().isEmpty();
        return Optional.ofNullable(confirmations.get(revision));
    }

    @Override
    public List<Confirmation> dueConfirmations(Instant now, int limit) {
        boolean ignored = history().isEmpty();
        return confirmations.values().stream()
                .filter(one -> one.isDueAt(now))
                .sorted(Comparator.comparing(Confirmation::until))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Confirmation> pendingEmergencies() {
        boolean ignored = history().isEmpty();
        return confirmations.values().stream()
                .filter(one -> one.isPending() && !one.emergency().isEmpty())
                .sorted(Comparator.comparing(Confirmation::revision))
                .toList();
    }

    @Override
    public List<Approval> approvals(About about) {
        boolean ignored = history().isEmpty();
        return sorted(approvals.getOrDefault(about, Map.of()));
    }

    private static List<Approval> sorted(Map<String, Approval> all) {
        return all.values().stream()
                .sorted(Comparator.comparing(Approval::at).thenComparing(Approval::id))
                .toList();
    }

    @Override
    public <T> T write(Function<WriteTransaction, T> work) {
        head.lock();
        try {
            Writing writing = new Writing(
                    new ArrayList<>(history()),
                    new ArrayList<>(),
                    new HashMap<>(confirmations),
                    new HashMap<>(approvals),
                    new ArrayList<>(),
                    drafts);
            T result = work.apply(writing);
            writing.published.forEach(drafts::put);
            history = List.copyOf(writing.written);
            confirmations = Map.copyOf(writing.confirmations);
            approvals = Map.copyOf(writing.words);
            trail.append(writing.audited);
            return result;
        } finally {
            head.unlock();
        }
    }

    private List<RevisionRecord> history() {
        if (away) {
            throw new FailureException(new Failure.Unavailable("told to be away"));
        }
        return history;
    }

    private static DesiredState stateAfter(List<RevisionRecord> records) {
        List<Change> changes =
                records.stream().flatMap(record -> record.changes().stream()).toList();
        return DesiredState.EMPTY.with(new Revision(records.size()), changes);
    }

    private record Writing(
            List<RevisionRecord> written,
            List<AuditEntry> audited,
            Map<Revision, Confirmation> confirmations,
            Map<About, Map<String, Approval>> words,
            List<ChangeSet> published,
            InMemoryChangeSetStore drafts)
            implements WriteTransaction {
        @Override
        public void audit(List<AuditEntry> entries) {
            audited.addAll(entries);
        }

        @Override
        public Optional<Confirmation> confirmation(Revision revision) {
            return Optional.ofNullable(confirmations.get(revision));
        }

        @Override
        public List<Approval> approvals(About about) {
            return sorted(words.getOrDefault(about, Map.of()));
        }

        @Override
        public void put(About about, Approval approval) {
            Map<String, Approval> all = new HashMap<>(words.getOrDefault(about, Map.of()));
            all.put(approval.id(), approval);
            words.put(about, all);
        }

        @Override
        public boolean withdraw(About about, String approver) {
            Map<String, Approval> all = new HashMap<>(words.getOrDefault(about, Map.of()));
            boolean was = all.remove(approver) != null;
            words.put(about, all);
            return was;
        }

        // A transaction replaces a draft once.
        @Override
        public boolean replace(ChangeSet changeSet) {
            return drafts.isNext(changeSet) && published.add(changeSet);
        }

        @Override
        public void put(Confirmation confirmation) {
            confirmations.put(confirmation.revision(), confirmation);
        }

        @Override
        public Revision head() {
            return new Revision(written.size());
        }

        @Override
        public List<RevisionRecord> revisionsAfter(Revision revision) {
            return List.copyOf(written.subList((int) revision.number(), written.size()));
        }

        @Override
        public RevisionRecord append(Instant at, String author, String message, List<Change> changes) {
            Revision next = head().next();
            WriteTransaction.check(next, changes);
            String previous = written.isEmpty() ? "" : written.getLast().hash();
            RevisionRecord unsealed = new RevisionRecord(next, at, author, message, previous, changes);
            RevisionRecord record = new RevisionRecord(next, at, author, message, sha256(unsealed.toString()), changes);
            written.add(record);
            return record;
        }

        private static String sha256(String content) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
