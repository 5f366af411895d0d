package io.sallyport.testkit;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Builds one resource; its metadata is the same each time. */
public abstract class ResourceBuilder<S extends Spec> {
    private static final Stamp STAMP = new Stamp(Instant.EPOCH, "test");

    private final ResourceName name;
    private final SortedMap<String, String> labels = new TreeMap<>();

    protected ResourceBuilder(String name) {
        this.name = named(name);
    }

    protected abstract S spec();

    public Resource<S> build() {
        return buildAt(new Revision(1));
    }

    public Resource<S> buildAt(Revision revision) {
        S spec = spec();
        ResourceKey key = new ResourceKey(spec.kind(), name);
        UUID uid = UUID.nameUUIDFromBytes(key.toString().getBytes(StandardCharsets.UTF_8));
        return new Resource<>(new Metadata(key, labels, Metadata.noLabels(), uid, 1, revision, STAMP, STAMP), spec);
    }

    protected ResourceName name() {
        return name;
    }

    protected void label(String key, String value) {
        labels.put(key, value);
    }

    /** A state at revision 1. */
    public static DesiredState state(ResourceBuilder<?>... builders) {
        return DesiredState.of(
                new Revision(1),
                Arrays.stream(builders).<Resource<?>>map(ResourceBuilder::build).toList());
    }

    /** Reads {@code namespace/name}; without a slash both are the same, as of a namespace. */
    protected static ResourceName named(String text) {
        return ResourceName.parse(text.contains("/") ? text : text + "/" + text);
    }

    /** A name of the resource's own namespace, or {@code namespace/name}. */
    protected final ResourceName reference(String text) {
        return text.contains("/") ? ResourceName.parse(text) : new ResourceName(name.namespace(), new Name(text));
    }

    protected static SortedMap<String, String> labels(String... keysAndValues) {
        SortedMap<String, String> result = new TreeMap<>();
        for (int index = 0; index < keysAndValues.length; index += 2) {
            result.put(keysAndValues[index], keysAndValues[index + 1]);
        }
        return result;
    }

    protected static <T> List<T> each(Function<String, T> parse, String... texts) {
        return Arrays.stream(texts).map(parse).toList();
    }

    protected static List<Name> names(String... names) {
        return each(Name::new, names);
    }
}
