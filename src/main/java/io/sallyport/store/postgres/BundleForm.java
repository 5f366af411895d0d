package io.sallyport.store.postgres;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.store.OutageBundle.Kept;
import io.sallyport.store.RolloutsInHand;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A state as lines of JSON, compressed: what it is, then each resource in the form in which history keeps it, then the
 * rollouts, and of each past state that they name what leads back to it.
 */
@RegisterForReflection(
        targets = {
            BundleForm.Head.class,
            BundleForm.Back.class,
            BundleForm.Written.class,
            BundleForm.Read.class,
            BundledRollout.class
        })
record BundleForm(StoredSpecs specs) {
    private static final String NOTHING = "null";

    byte[] write(DesiredState state, RolloutsInHand rollouts, Instant asOf) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var text =
                new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8))) {
            line(
                    text,
                    new Head(
                            state.revision().number(),
                            asOf,
                            state.all().count(),
                            rollouts.rollouts().size(),
                            rollouts.past().size()));
            for (Resource<?> resource : (Iterable<Resource<?>>) state.all()::iterator) {
                line(text, written(resource));
            }
            for (Rollout rollout : rollouts.rollouts()) {
                line(text, BundledRollout.of(rollout));
            }
            for (DesiredState past : new TreeMap<>(rollouts.past()).values()) {
                writeBack(text, state, past);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void writeBack(BufferedWriter text, DesiredState state, DesiredState past) throws IOException {
        List<ResourceKey> touched = Arrays.stream(Kind.values())
                .flatMap(kind -> state.differing(kind, past).stream().map(name -> new ResourceKey(kind, name)))
                .filter(key -> !state.find(key).equals(past.find(key)))
                .toList();
        line(text, new Back(past.revision().number(), touched.size()));
        for (ResourceKey key : touched) {
            line(text, past.find(key).map(this::written).orElseGet(() -> written(key, 0, NOTHING)));
        }
    }

    private static void line(BufferedWriter text, Object value) throws IOException {
        text.write(StoredJson.write(value));
        text.write('\n');
    }

    private Written written(Resource<?> resource) {
        return written(
                resource.key(),
                resource.metadata().revision().number(),
                StoredResource.write(resource, specs.write(resource)));
    }

    private static Written written(ResourceKey key, long revision, String resource) {
        return new Written(
                key.kind().documentName(),
                key.namespace().value(),
                key.name().name().value(),
                revision,
                resource);
    }

    /** Throws IllegalStateException or UncheckedIOException where it is not what was written. */
    Kept.Usable read(byte[] bytes) {
        try (var text = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8))) {
            Head head = next(text, Head.class);
            Revision revision = new Revision(head.revision());
            List<Resource<?>> resources = new ArrayList<>();
            for (long count = 0; count < head.resources(); count++) {
                resources.add(resource(next(text, Read.class)));
            }
            DesiredState state = DesiredState.of(revision, resources);
            return new Kept.Usable(state, rollouts(text, head, state), head.asOf());
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private RolloutsInHand rollouts(BufferedReader text, Head head, DesiredState state) throws IOException {
        List<Rollout> rollouts = new ArrayList<>();
        for (int count = 0; count < head.rollouts(); count++) {
            rollouts.add(next(text, BundledRollout.class).toRollout());
        }
        Map<Revision, DesiredState> past = new TreeMap<>();
        for (int count = 0; count < head.past(); count++) {
            DesiredState before = back(text, state);
            past.put(before.revision(), before);
        }
        return new RolloutsInHand(state.revision(), rollouts, past);
    }

    private DesiredState back(BufferedReader text, DesiredState state) throws IOException {
        Back back = next(text, Back.class);
        List<Change> changes = new ArrayList<>();
        for (int count = 0; count < back.changes(); count++) {
            Read stored = next(text, Read.class);
            changes.add(stored.resource().isNull() ? new Change.Delete(key(stored)) : new Change.Put(resource(stored)));
        }
        return state.with(new Revision(back.revision()), changes);
    }

    private static <T> T next(BufferedReader text, Class<T> type) throws IOException {
        String line = text.readLine();
        if (line == null) {
            throw new IllegalStateException("it ends before its end");
        }
        return StoredJson.read(line, type);
    }

    private Resource<?> resource(Read stored) {
        return StoredResource.read(
                key(stored), stored.revision(), stored.resource().toString(), specs);
    }

    private static ResourceKey key(Read stored) {
        return HistoryRow.key(stored.kind(), stored.namespace(), stored.name());
    }

    record Head(long revision, Instant asOf, long resources, int rollouts, int past) {}

    /** How many lines lead from the state back to it as it was at that revision. */
    record Back(long revision, int changes) {}

    record Written(
            String kind,
            String namespace,
            String name,
            long revision,
            @JsonRawValue String resource) {}

    record Read(String kind, String namespace, String name, long revision, JsonNode resource) {}
}
