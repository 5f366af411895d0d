package io.sallyport.store.postgres;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.store.OutageBundle.Kept;
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
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A state as lines of JSON, compressed: what it is, then each resource in the form in which history keeps it. */
@RegisterForReflection(targets = {BundleForm.Head.class, BundleForm.Written.class, BundleForm.Read.class})
record BundleForm(StoredSpecs specs) {

    byte[] write(DesiredState state, Instant asOf) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var text =
                new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8))) {
            line(text, new Head(state.revision().number(), asOf, state.all().count()));
            for (Resource<?> resource : (Iterable<Resource<?>>) state.all()::iterator) {
                line(text, written(resource));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void line(BufferedWriter text, Object value) throws IOException {
        text.write(StoredJson.write(value));
        text.write('\n');
    }

    private Written written(Resource<?> resource) {
        return new Written(
                resource.key().kind().documentName(),
                resource.key().namespace().value(),
                resource.key().name().name().value(),
                resource.metadata().revision().number(),
                StoredResource.write(resource, specs.write(resource)));
    }

    /** Throws IllegalStateException or UncheckedIOException where it is not what was written. */
    Kept.Usable read(byte[] bytes) {
        try (var text = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8))) {
            Head head = StoredJson.read(text.readLine(), Head.class);
            List<Resource<?>> resources = text.lines()
                    .<Resource<?>>map(line -> resource(StoredJson.read(line, Read.class)))
                    .toList();
            if (resources.size() != head.resources()) {
                throw new IllegalStateException(
                        "it holds %d resources of %d".formatted(resources.size(), head.resources()));
            }
            return new Kept.Usable(DesiredState.of(new Revision(head.revision()), resources), head.asOf());
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private Resource<?> resource(Read stored) {
        return StoredResource.read(
                HistoryRow.key(stored.kind(), stored.namespace(), stored.name()),
                stored.revision(),
                stored.resource().toString(),
                specs);
    }

    record Head(long revision, Instant asOf, long resources) {}

    record Written(
            String kind,
            String namespace,
            String name,
            long revision,
            @JsonRawValue String resource) {}

    record Read(String kind, String namespace, String name, long revision, JsonNode resource) {}
}
