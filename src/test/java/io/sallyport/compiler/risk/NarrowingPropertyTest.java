package io.sallyport.compiler.risk;

import static io.sallyport.testkit.AuthorizationRuleBuilder.allowing;
import static io.sallyport.testkit.AuthorizationRuleBuilder.denying;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.HeldBack;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Workload;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.RandomRequest;
import io.sallyport.testkit.RandomState;
import io.sallyport.testkit.RouteBuilder;
import io.sallyport.testkit.SecurityPolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is held, nothing passes that the newest state refuses, as the evaluator has it; a failure prints the seed. */
class NarrowingPropertyTest {
    private static final ResourceName GATEWAY = RandomState.GATEWAYS.getFirst();
    private static final Set<Kind> CHANGING =
            Set.of(Kind.EGRESS_RULE, Kind.WORKLOAD, Kind.DESTINATION, Kind.SECURITY_POLICY, Kind.TRAFFIC_ROUTE);
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final AtomicInteger BOTH = new AtomicInteger();
    private static final AtomicInteger PASSED = new AtomicInteger();
    private static final AtomicInteger LEFT = new AtomicInteger();

    static LongStream seeds() {
        long first = Long.getLong("narrowing.first", 0);
        return LongStream.range(first, first + Integer.getInteger("narrowing.seeds", 40));
    }

    // Else nothing would be tried.
    @AfterAll
    static void someWouldHaveOpenedAndMuchPasses() {
        assertThat(OPENED).as("passes without it").hasValueGreaterThan(20);
        assertThat(PASSED).as("passes with it of what may").hasValueGreaterThan(BOTH.get() / 2);
        assertThat(LEFT).as("states that are left as they are").hasValueGreaterThan(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingPassesThatIsRefusedByTheNewest(long seed) {
        Random random = new Random(seed);
        List<Resource<?>> resources = new RandomState(random).resources();
        DesiredState accepted = DesiredState.of(new Revision(1), changed(resources, random));
        DesiredState target = DesiredState.of(new Revision(2), changed(resources, random));
        Snapshot newest = new SnapshotCompiler().compile(target, GATEWAY);
        List<ResourceKey> held = HeldBack.suspects(accepted, target, GATEWAY).stream()
                .filter(key -> random.nextInt(3) > 0)
                .toList();
        Snapshot wide = new SnapshotCompiler().compile(HeldBack.state(accepted, target, held), GATEWAY);

        Narrowed narrowed = Narrowing.of(newest, wide, random.nextBoolean());

        LEFT.addAndGet(narrowed.shut().isEmpty() ? 1 : 0);
        Asked asked = new Asked(new Evaluator(newest), new Evaluator(wide), new Evaluator(narrowed.snapshot()));
        EgressGateway gateway = narrowedGateway(narrowed.snapshot(), target);
        RandomRequest requests = new RandomRequest(random);
        for (int round = 0; round < 200; round++) {
            asked.about(elsewhere(requests.to(gateway), random), held);
        }
    }

    // A listener that the newest state does not have lets nobody in.
    private static EgressGateway narrowedGateway(Snapshot snapshot, DesiredState target) {
        EgressGateway gateway = target.gateway(GATEWAY).orElseThrow().spec();
        return with(
                gateway,
                snapshot.listeners().stream().map(one -> one.listener()).toList(),
                gateway.defaultAction());
    }

    private record Asked(Evaluator newest, Evaluator wide, Evaluator narrowed) {
        void about(Question question, List<ResourceKey> held) {
            boolean may = newestAllows(question);
            boolean would = passes(wide.decide(question));
            OPENED.addAndGet(would && !may ? 1 : 0);
            BOTH.addAndGet(would && may ? 1 : 0);
            if (passes(narrowed.decide(question))) {
                PASSED.incrementAndGet();
                assertThat(may).as("%s, held %s", question, held).isTrue();
            }
        }

        private boolean newestAllows(Question question) {
            try {
                return passes(newest.decide(question));
            } catch (IllegalArgumentException noSuchListener) {
                return false;
            }
        }
    }

    /** Whether it is sent on. */
    private static boolean passes(Verdict verdict) {
        return verdict.ruling().allows()
                && switch (verdict.routing()) {
                    case Routing.ToOwner owner -> true;
                    case Routing.Taken taken -> taken.route().action() instanceof RouteAction.Forward;
                    case Routing.NoRoute none -> false;
                    case Routing.AmbiguousPath ambiguous -> false;
                };
    }

    private static Question elsewhere(Question question, Random random) {
        if (!(question.approach() instanceof Approach.HttpRequest request)) {
            return question;
        }
        String path = List.of("/", "/a", "/a/b", "/b").get(random.nextInt(4));
        return new Question(
                question.listener(),
                question.peer(),
                new Approach.HttpRequest(
                        request.authority(), request.method(), path, request.serverName(), request.headers()),
                question.time(),
                question.lookup());
    }

    /** Some are gone, some are less than they were, and some say what another one of their namespace says. */
    private static List<Resource<?>> changed(List<Resource<?>> resources, Random random) {
        List<Resource<?>> all = new ArrayList<>(resources);
        all.add(aRule("edge/most")
                .tier(Tier.BASELINE)
                .from(everyone())
                .toLabelled("class", "gold")
                .toLabelled("class", "plain")
                .build());
        resources.stream()
                .filter(resource -> resource.key().kind() == Kind.DESTINATION)
                .forEach(destination -> {
                    all.add(policy(destination.name(), random).build());
                    all.add(route(destination.name(), random).build());
                });
        return all.stream()
                .filter(resource -> !CHANGING.contains(resource.key().kind()) || random.nextInt(5) > 0)
                .<Resource<?>>map(resource -> random.nextInt(2) == 0 ? other(resource, all, random) : resource)
                .toList();
    }

    private static SecurityPolicyBuilder policy(ResourceName destination, Random random) {
        SecurityPolicyBuilder policy = aSecurityPolicy(destination.namespace() + "/of-" + destination.name())
                .onDestination(destination.name().value());
        return switch (random.nextInt(4)) {
            case 0 -> policy.authorizing(denying("a").paths("/a*"));
            case 1 -> policy.authorizing(allowing("b").paths("/b"), denying("c").paths("/a/b"));
            case 2 -> policy.authorizing(allowing("some").ipBlocks("10.1.0.0/16"));
            default -> policy;
        };
    }

    private static RouteBuilder route(ResourceName destination, Random random) {
        RouteBuilder route = aRoute(destination.namespace() + "/of-" + destination.name())
                .ofDestination(destination.name().value());
        return switch (random.nextInt(5)) {
            case 0 -> route.with(where(prefix("/a")).answering(403, "no")).with(always().to(destination.toString()));
            case 1 -> route.with(where(prefix("/b")).to(destination.toString()));
            case 2 ->
                route.with(where(prefix("/a")).to(destination.toString()))
                        .with(where(prefix("/a/b")).answering(410, "gone"));
            default -> route.with(always().to(destination.toString()));
        };
    }

    private static Resource<?> other(Resource<?> resource, List<Resource<?>> resources, Random random) {
        return switch (resource.spec()) {
            case EgressRule rule -> new Resource<>(resource.metadata(), like(resource, resources, random));
            case Workload workload -> new Resource<>(resource.metadata(), like(resource, resources, random));
            case Destination destination -> new Resource<>(resource.metadata(), fewer(destination, random));
            case EgressGateway gateway
            when resource.name().equals(GATEWAY) ->
                new Resource<>(
                        resource.metadata(),
                        with(
                                gateway,
                                gateway.listeners().stream()
                                        .filter(_ -> random.nextInt(6) > 0)
                                        .toList(),
                                random.nextBoolean() ? DefaultAction.ALLOW : DefaultAction.DENY));
            case Spec unchanged -> resource;
        };
    }

    private static Spec like(Resource<?> resource, List<Resource<?>> resources, Random random) {
        List<Spec> same = resources.stream()
                .filter(one -> one.key().kind() == resource.key().kind()
                        && one.namespace().equals(resource.namespace()))
                .<Spec>map(Resource::spec)
                .toList();
        return same.get(random.nextInt(same.size()));
    }

    private static Destination fewer(Destination all, Random random) {
        return new Destination(
                List.of(all.hosts().get(random.nextInt(all.hosts().size()))),
                all.addresses(),
                all.ports().subList(0, 1 + random.nextInt(all.ports().size())),
                all.resolution(),
                all.endpoints(),
                all.subsets(),
                all.settings(),
                all.visibility(),
                all.delegates());
    }

    private static EgressGateway with(EgressGateway gateway, List<Listener> listeners, DefaultAction action) {
        return new EgressGateway(
                listeners,
                gateway.agentSelector(),
                gateway.allowedNamespaces(),
                action,
                gateway.addressPolicy(),
                gateway.ruleBuckets(),
                gateway.conduct(),
                gateway.rollout());
    }
}
