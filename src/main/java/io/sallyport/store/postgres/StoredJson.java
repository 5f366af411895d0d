package io.sallyport.store.postgres;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.Credential;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.Spec;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.Workload;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.approval.Approvers;
import io.sallyport.domain.approval.Emergency;
import io.sallyport.domain.approval.Owed;
import io.sallyport.domain.approval.Trigger;
import io.sallyport.domain.change.UnapprovedWrite;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.OutlierDetection;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.AgentSelector;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.gateway.Limits;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.ListenerTls;
import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.domain.guardrail.FlowPattern;
import io.sallyport.domain.guardrail.FlowTarget;
import io.sallyport.domain.rollout.RolloutGates;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.rollout.RolloutStep;
import io.sallyport.domain.route.BackendTarget;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.GrpcMatch;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteBackend;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteRule;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.rule.Forwarding;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.Cors;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RemoteKeys;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsVersions;
import io.sallyport.domain.security.TokenHeader;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.util.SortedMap;

/**
 * The form in which specs are stored: the records of the domain, part by part. It has nothing to do with the documents of
 * the API, so that those can change without a migration, and the same value always gives the same text.
 */
@RegisterForReflection(
        targets = {
            Namespace.class,
            EgressGateway.class,
            Destination.class,
            Destination.Delegate.class,
            Workload.class,
            EgressRule.class,
            EgressRule.Justification.class,
            TrafficRoute.class,
            RouteParent.class,
            RouteRule.class,
            RouteMatch.class,
            PathMatch.Exact.class,
            PathMatch.Prefix.class,
            PathMatch.Regex.class,
            PathMatch.class,
            FieldMatch.class,
            ValueMatch.class,
            ValueMatch.Exact.class,
            ValueMatch.Regex.class,
            ValueMatch.Present.class,
            GrpcMatch.class,
            RouteFilter.class,
            RouteFilter.RequestHeaders.class,
            RouteFilter.ResponseHeaders.class,
            RouteFilter.Mirror.class,
            RouteFilter.Redirect.class,
            RouteFilter.Rewrite.class,
            RouteFilter.Fault.class,
            RouteFilter.Delay.class,
            RouteFilter.Abort.class,
            RouteFilter.DirectResponse.class,
            HeaderEdits.class,
            HeaderEdits.Header.class,
            PathRewrite.class,
            PathRewrite.Full.class,
            PathRewrite.Prefix.class,
            Percentage.class,
            RouteBackend.class,
            BackendTarget.class,
            RouteTimeouts.class,
            RetryPolicy.class,
            RetryPolicy.BackOff.class,
            RetryPolicy.Budget.class,
            SecurityPolicy.class,
            Guardrail.class,
            FlowPattern.class,
            FlowTarget.class,
            ApprovalPolicy.class,
            Trigger.class,
            Owed.class,
            UnapprovedWrite.class,
            Approvers.class,
            Emergency.class,
            LabelSelector.class,
            LabelSelector.Requirement.class,
            Metadata.Stamp.class,
            DestinationPort.class,
            Endpoint.class,
            Subset.class,
            UpstreamSettings.class,
            DnsSettings.class,
            Connection.class,
            Connection.KeepAlive.class,
            OutlierDetection.class,
            HealthCheck.class,
            LoadBalancer.class,
            AddressPolicy.class,
            AgentSelector.class,
            AllowedNamespaces.class,
            AllowedNamespaces.Same.class,
            AllowedNamespaces.All.class,
            AllowedNamespaces.Selector.class,
            Listener.class,
            ListenerTls.class,
            Conduct.class,
            ControlPlaneLoss.class,
            ControlPlaneLoss.Keep.class,
            ControlPlaneLoss.Lapse.class,
            Limits.class,
            RolloutPolicy.class,
            RolloutStep.class,
            RolloutGates.class,
            UpstreamProxy.class,
            Source.class,
            Target.class,
            Forwarding.class,
            Validity.class,
            TrafficPolicy.class,
            TlsOrigination.class,
            TlsOrigination.Unverified.class,
            TlsVersions.class,
            Authentication.class,
            JwtProvider.class,
            RemoteKeys.class,
            TokenHeader.class,
            AuthorizationRule.class,
            AuthorizationRule.Sources.class,
            AuthorizationRule.Claim.class,
            AuthorizationRule.Requests.class,
            ExternalAuthorization.class,
            RateLimit.class,
            RateLimit.Local.class,
            RateLimit.Global.class,
            RequestLimits.class,
            HeaderPolicy.class,
            HeaderPolicy.Edit.class,
            Cors.class,
            CredentialInjection.class,
            PolicyTarget.class,
            Scopes.class,
            WorkloadIdentity.class,
            WorkloadIdentity.BySpiffeId.class,
            WorkloadIdentity.ByJwt.class,
            WorkloadIdentity.ByAddress.class,
            RoleBinding.class,
            Subject.class,
            Subject.User.class,
            Subject.Group.class,
            Subject.ServiceAccount.class,
            StoredSpecs.StoredCredential.class,
            Seal.Sealed.class,
            StoredResource.Written.class,
            StoredResource.Read.class
        })
final class StoredJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new StoredForms())
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private StoredJson() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("what is stored cannot be read as " + type.getSimpleName(), damaged);
        }
    }

    static SortedMap<String, String> readLabels(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<SortedMap<String, String>>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("what is stored cannot be read as labels", damaged);
        }
    }

    static Resource<Spec> readResource(Metadata metadata, String spec) {
        return new Resource<>(metadata, read(spec, specOf(metadata.key().kind())));
    }

    static Class<? extends Spec> specOf(Kind kind) {
        return switch (kind) {
            case NAMESPACE -> Namespace.class;
            case EGRESS_GATEWAY -> EgressGateway.class;
            case DESTINATION -> Destination.class;
            case WORKLOAD -> Workload.class;
            case EGRESS_RULE -> EgressRule.class;
            case TRAFFIC_ROUTE -> TrafficRoute.class;
            case SECURITY_POLICY -> SecurityPolicy.class;
            case CREDENTIAL -> Credential.class;
            case ROLE_BINDING -> RoleBinding.class;
            case GUARDRAIL -> Guardrail.class;
            case APPROVAL_POLICY -> ApprovalPolicy.class;
        };
    }
}
