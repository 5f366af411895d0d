package io.sallyport.push.xds;

import com.google.protobuf.Duration;
import com.google.rpc.Code;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.envoyproxy.envoy.service.discovery.v3.ResourceError;
import io.envoyproxy.envoy.service.discovery.v3.ResourceName;
import io.sallyport.compiler.envoy.EnvoyResource;

/** An incremental response as it is being put together. */
final class DeltaResponse {
    private final WireType type;
    private final Lease lease;
    private final DeltaDiscoveryResponse.Builder response;

    DeltaResponse(WireType type, String nonce, String revision, Lease lease) {
        this.type = type;
        this.lease = lease;
        this.response = DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(type.url())
                .setNonce(nonce)
                .setSystemVersionInfo(revision);
    }

    /** Returns the bytes that it takes; names alone take none, as nobody can refuse them. */
    int add(String name, Offer offer) {
        return switch (offer) {
            case Offer.Gone ignored -> {
                response.addRemovedResources(name);
                yield 0;
            }
            case Offer.Present(EnvoyResource resource) -> {
                response.addResources(
                        resource(name, offer.version(type, name, lease)).setResource(resource.body()));
                yield resource.body().getSerializedSize();
            }
        };
    }

    /** It is asked for by name, and the client may not have it or there is none; which of the two is not said. */
    void addNotFound(String name) {
        response.addResourceErrors(ResourceError.newBuilder()
                .setResourceName(ResourceName.newBuilder().setName(name))
                .setErrorDetail(com.google.rpc.Status.newBuilder()
                        .setCode(Code.NOT_FOUND_VALUE)
                        .setMessage("This gateway has no %s of that name".formatted(StreamLedger.word(type.url())))));
    }

    /** A resource without a body: what the client has of that name and version still holds. */
    void renew(String name, String version) {
        response.addResources(resource(name, version));
    }

    private Resource.Builder resource(String name, String version) {
        Resource.Builder resource = Resource.newBuilder().setName(name).setVersion(version);
        return lease.covers(type, name) ? resource.setTtl(wireForm(lease.left())) : resource;
    }

    private static Duration wireForm(java.time.Duration left) {
        return Duration.newBuilder()
                .setSeconds(left.getSeconds())
                .setNanos(left.getNano())
                .build();
    }

    DeltaDiscoveryResponse build() {
        return response.build();
    }
}
