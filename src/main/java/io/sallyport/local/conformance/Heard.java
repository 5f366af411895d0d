package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.sallyport.compiler.envoy.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One response.
 *
 * @param version of all of it, in the state of the world; empty in the incremental manner
 * @param removed the names that are said to be gone
 * @param missing the names of which it is said as an error that there is nothing
 * @param size in bytes
 */
record Heard(
        String typeUrl,
        String nonce,
        String version,
        List<Item> items,
        Set<String> removed,
        Set<String> missing,
        int size) {

    /**
     * One resource of a response.
     *
     * @param version its own; that of the response in the state of the world
     * @param body empty where the response only says that what is there still holds
     */
    record Item(String name, String version, Any body, boolean hasTimeLimit) {
        boolean isRenewal() {
            return body.equals(Any.getDefaultInstance());
        }
    }

    boolean isOf(ResourceType type) {
        return typeUrl.equals(type.typeUrl());
    }

    boolean says(ResourceType type, String name) {
        return isOf(type) && item(name).isPresent();
    }

    boolean removes(ResourceType type, String name) {
        return isOf(type) && removed.contains(name);
    }

    boolean misses(ResourceType type, String name) {
        return isOf(type) && missing.contains(name);
    }

    Optional<Item> item(String name) {
        return items.stream().filter(item -> item.name().equals(name)).findFirst();
    }

    boolean holds(Any body) {
        return items.stream().anyMatch(item -> item.body().equals(body));
    }

    /** The last part of the type and what is in it, for people. */
    @Override
    public String toString() {
        return typeUrl.substring(typeUrl.lastIndexOf('.') + 1)
                + items.stream()
                        .map(item -> (item.isRenewal() ? " ?" : " +") + item.name())
                        .sorted()
                        .collect(Collectors.joining())
                + removed.stream().sorted().map(name -> " -" + name).collect(Collectors.joining());
    }
}
