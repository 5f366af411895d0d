package io.sallyport.store.postgres;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.network.SpiffeId;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/** Values that are stored as one text, each as it prints itself, and the closed choices with their names. */
final class StoredForms extends SimpleModule {

    StoredForms() {
        text(Name.class, Name::new);
        text(ResourceName.class, ResourceName::parse);
        text(AgentPrincipal.class, AgentPrincipal::parse);
        text(Cidr.class, Cidr::parse);
        text(HostPattern.class, HostPattern::new);
        text(IpAddress.class, IpAddress::new);
        text(PortNumber.class, number -> new PortNumber(Integer.parseInt(number)));
        text(PrincipalPattern.class, PrincipalPattern::new);
        text(SpiffeId.class, SpiffeId::new);
        text(Instant.class, Instant::parse);
        text(UUID.class, UUID::fromString);
        text(Duration.class, Duration::parse);
        setMixInAnnotation(AllowedNamespaces.class, AllowedNamespacesForm.class);
        setMixInAnnotation(WorkloadIdentity.class, WorkloadIdentityForm.class);
        setMixInAnnotation(ControlPlaneLoss.class, ControlPlaneLossForm.class);
        setMixInAnnotation(PathMatch.class, PathMatchForm.class);
        setMixInAnnotation(ValueMatch.class, ValueMatchForm.class);
        setMixInAnnotation(RouteFilter.class, RouteFilterForm.class);
        setMixInAnnotation(PathRewrite.class, PathRewriteForm.class);
        setMixInAnnotation(Subject.class, SubjectForm.class);
    }

    private <T> void text(Class<T> type, Function<String, T> parse) {
        addSerializer(type, new Printed<>(type));
        addDeserializer(type, new Parsed<>(type, parse));
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = AllowedNamespaces.Same.class, name = "same"),
        @JsonSubTypes.Type(value = AllowedNamespaces.All.class, name = "all"),
        @JsonSubTypes.Type(value = AllowedNamespaces.Selector.class, name = "selector")
    })
    private interface AllowedNamespacesForm {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Subject.User.class, name = "user"),
        @JsonSubTypes.Type(value = Subject.Group.class, name = "group"),
        @JsonSubTypes.Type(value = Subject.ServiceAccount.class, name = "serviceAccount")
    })
    private interface SubjectForm {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = WorkloadIdentity.BySpiffeId.class, name = "spiffeId"),
        @JsonSubTypes.Type(value = WorkloadIdentity.ByJwt.class, name = "jwt"),
        @JsonSubTypes.Type(value = WorkloadIdentity.ByAddress.class, name = "address")
    })
    private interface WorkloadIdentityForm {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ControlPlaneLoss.Keep.class, name = "keep"),
        @JsonSubTypes.Type(value = ControlPlaneLoss.Lapse.class, name = "lapse")
    })
    private interface ControlPlaneLossForm {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PathMatch.Exact.class, name = "exact"),
        @JsonSubTypes.Type(value = PathMatch.Prefix.class, name = "prefix"),
        @JsonSubTypes.Type(value = PathMatch.Regex.class, name = "regex")
    })
    private interface PathMatchForm {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ValueMatch.Exact.class, name = "exact"),
        @JsonSubTypes.Type(value = ValueMatch.Regex.class, name = "regex"),
        @JsonSubTypes.Type(value = ValueMatch.Present.class, name = "present")
    })
    private interface ValueMatchForm {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RouteFilter.RequestHeaders.class, name = "requestHeaders"),
        @JsonSubTypes.Type(value = RouteFilter.ResponseHeaders.class, name = "responseHeaders"),
        @JsonSubTypes.Type(value = RouteFilter.Mirror.class, name = "mirror"),
        @JsonSubTypes.Type(value = RouteFilter.Redirect.class, name = "redirect"),
        @JsonSubTypes.Type(value = RouteFilter.Rewrite.class, name = "rewrite"),
        @JsonSubTypes.Type(value = RouteFilter.Fault.class, name = "fault"),
        @JsonSubTypes.Type(value = RouteFilter.DirectResponse.class, name = "directResponse")
    })
    private interface RouteFilterForm {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PathRewrite.Full.class, name = "full"),
        @JsonSubTypes.Type(value = PathRewrite.Prefix.class, name = "prefix")
    })
    private interface PathRewriteForm {}

    private static final class Printed<T> extends StdScalarSerializer<T> {
        Printed(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class Parsed<T> extends StdScalarDeserializer<T> {
        private final transient Function<String, T> parse;

        Parsed(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return parse.apply(json.getText());
        }
    }
}
