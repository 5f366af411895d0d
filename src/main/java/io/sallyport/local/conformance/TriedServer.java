package io.sallyport.local.conformance;

import io.grpc.Channel;
import io.sallyport.compiler.envoy.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A server of xDS that claims are tried against; several replicas of it, where there are. */
public interface TriedServer extends AutoCloseable {
    String name();

    /** One for each replica, with what a client needs to be let in. */
    List<Channel> replicas();

    Set<ResourceType> types();

    /** How long to wait for what ought to come. */
    Duration patience();

    /** What the clients of {@code group} find; throws NotSupported where the server cannot be told. */
    void publish(String group, World world);

    /** What the clients of {@code group} find before anything is published. */
    World first(String group);

    /** What a client says as its {@code node.cluster} to be of that group. */
    default String cluster(String group) {
        return group;
    }

    /** Whether what it has can be changed, so that it has what is published. */
    default boolean canChange() {
        return true;
    }

    /** Whether resources can be given a time limit. */
    default boolean canLimit() {
        return false;
    }

    @Override
    void close();
}
