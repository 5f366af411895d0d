package io.sallyport.push.agent;

import io.sallyport.domain.security.Cors;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.PolicyService;
import io.sallyport.push.agent.v1.AgentProtocol;
import io.sallyport.push.agent.v1.AgentProtocol.Policy;

/** What policies together ask. */
final class PolicyResource {
    private PolicyResource() {}

    static AgentProtocol.Resource of(EffectivePolicy policy) {
        Policy.Builder body = Policy.newBuilder().setId(policy.id());
        policy.authentication()
                .forEach(one -> body.addAllJwt(
                                one.jwt().stream().map(JwtFields::of).toList())
                        .setTokenRequired(one.tokenRequired())
                        .setCertificateRequired(one.certificateRequired()));
        policy.authorization().forEach(clause -> body.addAuthorization(ClauseFields.of(clause)));
        policy.closest(TrafficPolicy::externalAuthorization)
                .forEach(one -> body.setExternalAuthorization(externalAuthorization(policy, one)));
        LimitFields.write(policy, body);
        policy.sections(TrafficPolicy::requestLimits)
                .flatMapToLong(limits -> limits.body().stream())
                .min()
                .ifPresent(body::setMaxBodyBytes);
        policy.sections(TrafficPolicy::requestLimits)
                .map(RequestLimits::headers)
                .flatMapToInt(size -> size.stream())
                .min()
                .ifPresent(body::setMaxHeadersKb);
        policy.closest(TrafficPolicy::headers)
                .forEach(headers ->
                        body.setRequestHeaders(edit(headers.request())).setResponseHeaders(edit(headers.response())));
        policy.closest(TrafficPolicy::cors).forEach(cors -> body.setCors(cors(cors)));
        return AgentProtocol.Resource.newBuilder()
                .setName("policy/" + policy.id())
                .setPolicy(body)
                .build();
    }

    private static Policy.ExternalAuthorization externalAuthorization(
            EffectivePolicy policy, ExternalAuthorization asked) {
        Policy.ExternalAuthorization.Builder body = Policy.ExternalAuthorization.newBuilder()
                .setProtocol(protocol(asked.protocol()))
                .setPathPrefix(asked.pathPrefix())
                .setTimeout(Times.of(asked.timeout()))
                .setFailOpen(asked.failOpen())
                .addAllRequestHeaders(asked.requestHeaders())
                .addAllUpstreamHeaders(asked.upstreamHeaders())
                .setMaxBodyBytes(asked.maxBodyBytes());
        for (PolicyService service : policy.service(asked.destination(), asked.port())) {
            body.setUpstream(service.upstream()).setHost(service.host());
        }
        return body.build();
    }

    private static Policy.ExternalAuthorization.Protocol protocol(ExternalAuthorization.Protocol protocol) {
        return switch (protocol) {
            case GRPC -> Policy.ExternalAuthorization.Protocol.PROTOCOL_GRPC;
            case HTTP -> Policy.ExternalAuthorization.Protocol.PROTOCOL_HTTP;
        };
    }

    private static Policy.HeaderEdit edit(HeaderPolicy.Edit edit) {
        return Policy.HeaderEdit.newBuilder()
                .addAllStrip(edit.strip())
                .putAllSet(edit.set())
                .build();
    }

    private static Policy.Cors cors(Cors cors) {
        return Policy.Cors.newBuilder()
                .addAllAllowOrigins(cors.allowOrigins())
                .addAllAllowMethods(cors.allowMethods())
                .addAllAllowHeaders(cors.allowHeaders())
                .addAllExposeHeaders(cors.exposeHeaders())
                .setMaxAge(Times.of(cors.maxAge()))
                .setAllowCredentials(cors.allowCredentials())
                .build();
    }
}
