import io.sallyport.client.ApiClient;
import io.sallyport.client.ApiException;
import io.sallyport.client.api.ApplyApi;
import io.sallyport.client.api.EgressRulesApi;
import io.sallyport.client.api.EgressRulesApi.APIGetEgressRuleRequest;
import io.sallyport.client.api.EgressRulesApi.APIListEgressRulesRequest;
import io.sallyport.client.api.EgressRulesApi.APIPutEgressRuleRequest;
import io.sallyport.client.api.ExplainApi;
import io.sallyport.client.api.ExplainApi.APIExplainRequest;
import io.sallyport.client.model.*;
import java.util.List;
import java.util.Map;

/** The quick start by a client that was generated from the contract: java QuickStart.java URL TOKEN. */
public final class QuickStart {
    private static final String SHOP = "shop";
    private static final String RULE = "checkout-to-billing";

    private final ApiClient client;

    public QuickStart(String url, String token) {
        client = new ApiClient();
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    }

    public static void main(String[] arguments) throws ApiException {
        run(arguments[0], arguments[1]).forEach(System.out::println);
    }

    public static List<String> run(String url, String token) throws ApiException {
        QuickStart quickStart = new QuickStart(url, token);
        return List.of(
                "revision " + quickStart.everything().getRevision(),
                "checkout to billing: " + quickStart.decision(),
                "flows that would close: "
                        + quickStart.tried(rule(EgressRuleSpec.ActionEnum.DENY)).getFlows().getClosed().getCount(),
                "turned round at revision " + quickStart.turnRound().getMetadata().getRevision(),
                "checkout to billing: " + quickStart.decision(),
                "rules: " + quickStart.rules());
    }

    /** A namespace, a gateway, a destination, a workload and the rule that joins them, as one revision. */
    public Applied everything() throws ApiException {
        return new ApplyApi(client)
                .apply(ApplyApi.APIApplyRequest.newBuilder()
                        .document(List.of(
                                new Document(namespace(SHOP)
                                        .spec(new NamespaceSpec()
                                                .scopes(new NamespaceScopes().cidrs(List.of("127.0.0.2/32"))))),
                                new Document(namespace("edge").spec(new NamespaceSpec())),
                                new Document(gateway()),
                                new Document(billing()),
                                new Document(checkout()),
                                new Document(rule(EgressRuleSpec.ActionEnum.ALLOW))))
                        .sallyportMessage("the quick start")
                        .build());
    }

    /** What becomes of a request of checkout's to billing, by the gateway's HTTP listener. */
    public ExplanationAnswer.ActionEnum decision() throws ApiException {
        Inquiry inquiry = new Inquiry()
                .gateway(new WholeReference().namespace("edge").name("internet"))
                .source(new InquirySource()
                        .workload(new WholeReference().namespace(SHOP).name("checkout")))
                .host("billing.example")
                .http(new InquiryHttp().method("GET").path("/hello"));
        return new ExplainApi(client)
                .explain(APIExplainRequest.newBuilder().inquiry(inquiry).build())
                .getAnswers()
                .getFirst()
                .getAction();
    }

    /** Reads the rule, and replaces it where nobody else was faster: with its ETag. */
    public EgressRule turnRound() throws ApiException {
        EgressRulesApi rules = new EgressRulesApi(client);
        var read = rules.getEgressRuleWithHttpInfo(APIGetEgressRuleRequest.newBuilder()
                .namespace(SHOP)
                .name(RULE)
                .build());
        EgressRule denied = read.getData();
        denied.getSpec().action(EgressRuleSpec.ActionEnum.DENY);
        return rules.putEgressRule(put(denied)
                .ifMatch(read.getHeaders().get("etag").getFirst())
                .idempotencyKey("turned-round-once")
                .build());
    }

    /** What would follow from writing a rule; nothing is written. */
    public Preview tried(EgressRule rule) throws ApiException {
        return new EgressRulesApi(client)
                .putEgressRule(put(rule).dryRun(true).build())
                .getStatus()
                .getPreview();
    }

    /** The names of the rules, and nothing else of them. */
    public List<String> rules() throws ApiException {
        return new EgressRulesApi(client)
                .listEgressRules(APIListEgressRulesRequest.newBuilder()
                        .namespace(SHOP)
                        .fields("metadata.name")
                        .build())
                .getItems()
                .stream()
                .map(rule -> rule.getMetadata().getName())
                .toList();
    }

    public static EgressRule rule(EgressRuleSpec.ActionEnum action) {
        return new EgressRule()
                .apiVersion(EgressRule.ApiVersionEnum.SALLYPORT_IO_V1)
                .kind(EgressRule.KindEnum.EGRESS_RULE)
                .metadata(named(SHOP, RULE))
                .spec(new EgressRuleSpec()
                        .gatewayRef(new EgressRuleGatewayRef().namespace("edge").name("internet"))
                        .action(action)
                        .from(List.of(new Sources()
                                .workloadSelector(new LabelSelector().matchLabels(Map.of("app", "checkout")))))
                        .to(List.of(new EgressRuleTo().destinationRef(new Reference().name("billing")))));
    }

    private static APIPutEgressRuleRequest.Builder put(EgressRule rule) {
        return APIPutEgressRuleRequest.newBuilder()
                .namespace(SHOP)
                .name(RULE)
                .egressRule(rule);
    }

    private static Namespace namespace(String name) {
        return new Namespace()
                .apiVersion(Namespace.ApiVersionEnum.SALLYPORT_IO_V1)
                .kind(Namespace.KindEnum.NAMESPACE)
                .metadata(new Metadata().name(name));
    }

    private static EgressGateway gateway() {
        return new EgressGateway()
                .apiVersion(EgressGateway.ApiVersionEnum.SALLYPORT_IO_V1)
                .kind(EgressGateway.KindEnum.EGRESS_GATEWAY)
                .metadata(named("edge", "internet"))
                .spec(new EgressGatewaySpec()
                        .agentSelector(new EgressGatewayAgentSelector()
                                .identities(List.of(
                                        new EgressGatewayAgentSelectorIdentity().clientId("gateway-internet"))))
                        .allowedNamespaces(new EgressGatewayAllowedNamespaces()
                                .from(EgressGatewayAllowedNamespaces.FromEnum.ALL))
                        .addressPolicy(new EgressGatewayAddressPolicy().permit(List.of("127.0.0.0/8")))
                        .listeners(List.of(new EgressGatewayListener()
                                .name("http")
                                .address("127.0.0.1")
                                .port(10080)
                                .protocol(EgressGatewayListener.ProtocolEnum.HTTP))));
    }

    private static Destination billing() {
        return new Destination()
                .apiVersion(Destination.ApiVersionEnum.SALLYPORT_IO_V1)
                .kind(Destination.KindEnum.DESTINATION)
                .metadata(named(SHOP, "billing"))
                .spec(new DestinationSpec()
                        .hosts(List.of("billing.example"))
                        .ports(List.of(new DestinationPort()
                                .number(80)
                                .protocol(DestinationPort.ProtocolEnum.HTTP)
                                .targetPort(18080)))
                        .resolution(DestinationSpec.ResolutionEnum.STATIC)
                        .endpoints(List.of(new DestinationEndpoint().address("127.0.0.1"))));
    }

    private static Workload checkout() {
        return new Workload()
                .apiVersion(Workload.ApiVersionEnum.SALLYPORT_IO_V1)
                .kind(Workload.KindEnum.WORKLOAD)
                .metadata(named(SHOP, "checkout"))
                .spec(new WorkloadSpec()
                        .labels(Map.of("app", "checkout"))
                        .identities(List.of(new WorkloadIdentity().cidr("127.0.0.2/32"))));
    }

    private static Metadata named(String namespace, String name) {
        return new Metadata().namespace(namespace).name(name);
    }
}
