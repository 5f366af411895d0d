package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.sallyport.compiler.envoy.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that asks and then does not read, until it is told to. */
public final class StuckPeer implements AutoCloseable {
    private final ClientCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call;
    private final BlockingQueue<DeltaDiscoveryResponse> heard = new LinkedBlockingQueue<>();

    /** Asks for these names; for all where there are none. */
    public StuckPeer(Channel channel, Node node, ResourceType type, List<String> names) {
        call = channel.newCall(Service.AGGREGATED.delta(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(DeltaDiscoveryResponse response) {
                        heard.add(response);
                    }
                },
                new Metadata());
        call.sendMessage(DeltaDiscoveryRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesSubscribe(names)
                .build());
    }

    /** Reads, and accepts, until it has this; returns the versions that came. */
    List<String> readsUntil(Any body, Duration patience) {
        List<String> versions = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            call.request(1);
            DeltaDiscoveryResponse response = next(deadline);
            versions.add(response.getSystemVersionInfo());
            call.sendMessage(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce())
                    .build());
            if (response.getResourcesList().stream()
                    .anyMatch(resource -> resource.getResource().equals(body))) {
                return versions;
            }
        }
        throw new BrokenClaim("the newest did not come, but " + versions);
    }

    private DeltaDiscoveryResponse next(long deadline) {
        try {
            DeltaDiscoveryResponse next = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new BrokenClaim("the newest did not come");
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        call.cancel("over", null);
    }
}
