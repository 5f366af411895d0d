package io.sallyport.compiler;

import static io.sallyport.compiler.Elements.each;

import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.Credential;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.Workload;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.domain.route.BackendTarget;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteRule;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What a resource names, each with its place in the document. Its own namespace is not among it. */
final class References {
    private References() {}

    /**
     * A name in a document.
     *
     * @param pointer JSON Pointer (RFC 6901)
     */
    record Reference(String pointer, ResourceKey target) {}

    static Stream<Reference> of(Resource<?> resource) {
        return switch (resource.spec()) {
            case Namespace ignored -> Stream.of();
            case Workload ignored -> Stream.of();
            case Credential ignored -> Stream.of();
            case RoleBinding ignored -> Stream.of();
            case Guardrail ignored -> Stream.of();
            case ApprovalPolicy ignored -> Stream.of();
            case EgressGateway gateway -> ofGateway(gateway);
            case Destination destination -> ofDestination(destination);
            case EgressRule rule -> ofRule(rule);
            case TrafficRoute route -> ofRoute(resource.namespace(), route);
            case SecurityPolicy policy -> ofPolicy(resource.namespace(), policy);
        };
    }

    private static Stream<Reference> ofGateway(EgressGateway gateway) {
        return Stream.concat(
                each("/spec/listeners", gateway.listeners(), References::ofListener),
                gateway.conduct().upstreamProxy().stream()
                        .map(UpstreamProxy::credential)
                        .flatMap(names -> named("/spec/upstreamProxy/credentialRef", Kind.CREDENTIAL, names)));
    }

    private static Stream<Reference> ofListener(String pointer, Listener listener) {
        return Stream.concat(
                named(pointer + "/destinationRef", Kind.DESTINATION, listener.destination()),
                listener.tls().stream()
                        .flatMap(tls -> Stream.concat(
                                named(pointer + "/tls/credentialRef", Kind.CREDENTIAL, List.of(tls.credential())),
                                named(pointer + "/tls/clientCaRef", Kind.CREDENTIAL, tls.clientCa()))));
    }

    private static Stream<Reference> ofDestination(Destination destination) {
        return Stream.concat(
                each("/spec/visibility", destination.visibility(), References::namespace),
                each(
                        "/spec/delegates",
                        destination.delegates(),
                        (pointer, delegate) -> namespace(pointer + "/namespace", delegate.namespace())));
    }

    private static Stream<Reference> ofRule(EgressRule rule) {
        return Stream.of(
                        named("/spec/gatewayRef", Kind.EGRESS_GATEWAY, List.of(rule.gateway())),
                        each(
                                "/spec/forwarding/failoverGatewayRefs",
                                rule.forwarding().failoverGateways(),
                                (pointer, name) -> named(pointer, Kind.EGRESS_GATEWAY, List.of(name))),
                        each(
                                "/spec/from",
                                rule.from(),
                                (pointer, source) ->
                                        each(pointer + "/namespaces", source.namespaces(), References::namespace)),
                        each(
                                "/spec/to",
                                rule.to(),
                                (pointer, target) ->
                                        named(pointer + "/destinationRef", Kind.DESTINATION, target.destination())))
                .flatMap(references -> references);
    }

    private static Stream<Reference> ofRoute(Name own, TrafficRoute route) {
        return Stream.concat(
                each("/spec/parentRefs", route.parents(), (pointer, parent) -> switch (parent.kind()) {
                    case EGRESS_GATEWAY ->
                        named(pointer, Kind.EGRESS_GATEWAY, List.of(new ResourceName(own, parent.name())));
                    case DESTINATION -> named(pointer, Kind.DESTINATION, List.of(new ResourceName(own, parent.name())));
                }),
                each("/spec/rules", route.rules(), References::ofRouteRule));
    }

    private static Stream<Reference> ofRouteRule(String pointer, RouteRule rule) {
        return Stream.concat(
                each(pointer + "/backends", rule.backends(), (place, backend) -> target(place, backend.target())),
                each(
                        pointer + "/filters",
                        rule.filters(),
                        (place, filter) -> filter instanceof RouteFilter.Mirror mirror
                                ? target(place + "/requestMirror", mirror.target())
                                : Stream.of()));
    }

    private static Stream<Reference> target(String pointer, BackendTarget target) {
        return named(pointer + "/destinationRef", Kind.DESTINATION, List.of(target.destination()));
    }

    private static Stream<Reference> ofPolicy(Name own, SecurityPolicy policy) {
        return Stream.of(
                        each("/spec/targetRefs", policy.targets(), (pointer, target) -> switch (target.kind()) {
                            case EGRESS_GATEWAY ->
                                named(pointer, Kind.EGRESS_GATEWAY, List.of(new ResourceName(own, target.name())));
                            case DESTINATION ->
                                named(pointer, Kind.DESTINATION, List.of(new ResourceName(own, target.name())));
                        }),
                        policy.tls().stream()
                                .flatMap(tls -> Stream.concat(
                                        named("/spec/tls/caRef", Kind.CREDENTIAL, tls.caBundle()),
                                        named(
                                                "/spec/tls/clientCredentialRef",
                                                Kind.CREDENTIAL,
                                                tls.clientCertificate()))),
                        each(
                                "/spec/authentication/jwt",
                                policy.jwt(),
                                (pointer, provider) -> provider.remote().stream()
                                        .flatMap(keys ->
                                                named(pointer + "/jwksCaRef", Kind.CREDENTIAL, keys.caBundle()))),
                        ofServices(policy))
                .flatMap(references -> references);
    }

    private static Stream<Reference> ofServices(SecurityPolicy policy) {
        return Stream.of(
                        policy.traffic().externalAuthorization().stream()
                                .flatMap(asked -> named(
                                        "/spec/externalAuthorization/destinationRef",
                                        Kind.DESTINATION,
                                        List.of(asked.destination()))),
                        policy.traffic().rateLimit().stream()
                                .flatMap(limit -> limit.global().stream())
                                .flatMap(asked -> named(
                                        "/spec/rateLimit/global/destinationRef",
                                        Kind.DESTINATION,
                                        List.of(asked.destination()))),
                        policy.traffic().credentialInjection().stream()
                                .flatMap(one -> named(
                                        "/spec/credentialInjection/credentialRef",
                                        Kind.CREDENTIAL,
                                        List.of(one.credential()))))
                .flatMap(references -> references);
    }

    private static Stream<Reference> namespace(String pointer, Name name) {
        return Stream.of(new Reference(pointer, ResourceKey.ofNamespace(name)));
    }

    private static Stream<Reference> named(String pointer, Kind kind, Collection<ResourceName> names) {
        return names.stream().map(name -> new Reference(pointer, new ResourceKey(kind, name)));
    }
}
