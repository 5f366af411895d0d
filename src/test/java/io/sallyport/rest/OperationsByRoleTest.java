package io.sallyport.rest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.sallyport.domain.access.Role;
import io.sallyport.identity.Right;
import io.sallyport.rest.OperationRights.Needed;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every operation of the contract, with every role, in its own namespace and a foreign one, against the table. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class OperationsByRoleTest {
    private static final String OWN = "mine";
    private static final String FOREIGN = "strange";
    private static final int OWN_NUMBER = 61;
    private static final int FOREIGN_NUMBER = 62;
    private static final Path DOCS = Path.of("docs", "access.md");
    private static final int AT_ONCE = 4;

    /** Where a caller has the role that is tried. */
    private enum Bound {
        HERE,
        EVERYWHERE,
        NOWHERE
    }

    /** An operation as somebody who has the role there. */
    private record Attempt(OperationTrial trial, Role role, Bound bound) {
        private static final String ALONE = "alone";

        String namespace() {
            return bound == Bound.HERE ? OWN : FOREIGN;
        }

        boolean isExpected() {
            return mayDo(trial, role, bound);
        }

        /** What has the same goes one after the other: what changes one object. */
        String lane() {
            boolean isOfName = trial.path().contains("{name}");
            if (trial.method().equals("get") || (!isExpected() && !changesBefore())) {
                return toString();
            }
            return isOfName
                    ? trial.path().substring(0, trial.path().indexOf("{name}")).replace("{namespace}", namespace())
                    : ALONE;
        }

        /** Whether something is written for it to be about, also where it is to be refused. */
        boolean changesBefore() {
            return trial.path().contains("{revision}/");
        }
    }

    @Test
    void whoMayWhatIsAsTheTableSays() throws Exception {
        worlds();
        List<OperationTrial> trials = trials();
        Map<String, List<Attempt>> lanes = trials.stream()
                .flatMap(OperationsByRoleTest::attempts)
                .collect(Collectors.groupingBy(Attempt::lane, LinkedHashMap::new, Collectors.toList()));
        List<Attempt> alone = requireNonNull(lanes.remove(Attempt.ALONE));

        List<String> wrong = new ArrayList<>(besideEachOther(lanes.values()));
        wrong.addAll(oneAfterTheOther(alone));

        int tried = alone.size() + lanes.values().stream().mapToInt(List::size).sum();
        System.out.println("operations tried: %d, with roles: %d, requests: %d"
                .formatted(trials.size(), Role.values().length, tried));
        assertThat(wrong).isEmpty();
        assertThat(tried).isEqualTo(trials.size() * Role.values().length * Bound.values().length);
    }

    private static Stream<Attempt> attempts(OperationTrial trial) {
        return Arrays.stream(Bound.values())
                .flatMap(bound -> Arrays.stream(Role.values()).map(role -> new Attempt(trial, role, bound)));
    }

    private static List<String> besideEachOther(Collection<List<Attempt>> lanes) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<List<String>>> all = threads.invokeAll(
                    lanes.stream().map(OperationsByRoleTest::going).toList());
            List<String> wrong = new ArrayList<>();
            for (Future<List<String>> one : all) {
                wrong.addAll(one.get());
            }
            return wrong;
        }
    }

    private static Callable<List<String>> going(List<Attempt> lane) {
        return () -> oneAfterTheOther(lane);
    }

    private static List<String> oneAfterTheOther(List<Attempt> lane) {
        return lane.stream().flatMap(attempt -> wrong(attempt).stream()).toList();
    }

    private static Optional<String> wrong(Attempt attempt) {
        OperationTrial trial = attempt.trial();
        boolean isExpected = attempt.isExpected();
        long revision = isExpected || attempt.changesBefore() ? prepare(trial, attempt.namespace()) : 1;
        Answer answer = send(attempt, revision);
        cleanUp(trial, attempt.namespace(), answer);
        String what = "%s as %s bound %s: %d %s"
                .formatted(trial, attempt.role().word(), attempt.bound(), answer.status(), answer.body());
        if (!isExpected) {
            return isForbidden(trial, answer) ? Optional.empty() : Optional.of("not refused: " + what);
        }
        return isServed(trial, answer) && tellsNothingForeign(trial, attempt.bound(), answer)
                ? Optional.empty()
                : Optional.of("refused, failed or told too much: " + what);
    }

    // Reads of what is not there are 404 once they are allowed.
    private static boolean isServed(OperationTrial trial, Answer answer) {
        int status = answer.status();
        return status < 300
                // He may, and yet it takes somebody else's word.
                || (trial.operation().equals("deleteApprovalPolicy")
                        && answer.text("type").endsWith("/approval-required"))
                || (trial.method().equals("get") && status == 404)
                // It would never end, so it is asked for what cannot be read.
                || (trial.operation().equals("watch") && status == 400)
                // The gateway that is named is not there, or has no such policy.
                || (trial.path().contains("/rollout/") && status == 404)
                || (trial.path().contains("{id}") && status == 404);
    }

    // That there is a revision which is foreign as a whole is not told.
    private static boolean isForbidden(OperationTrial trial, Answer answer) {
        boolean mayBeHidden =
                trial.operation().equals("confirmRevision") || trial.path().contains("{id}");
        if (mayBeHidden && answer.status() == 404) {
            return true;
        }
        return answer.status() == 403
                && answer.text("detail").contains("needed")
                && answer.text("type").endsWith("/forbidden");
    }

    // A draft tells its writer what he wrote himself.
    private static boolean tellsNothingForeign(OperationTrial trial, Bound bound, Answer answer) {
        return bound == Bound.EVERYWHERE
                || trial.operation().equals("createChangeSet")
                || !answer.body().contains(FOREIGN);
    }

    private static boolean mayDo(OperationTrial trial, Role role, Bound bound) {
        boolean everywhere = bound == Bound.EVERYWHERE;
        return switch (trial.needed()) {
            case Needed.Nothing ignored -> true;
            case Needed.Everywhere(Right right) -> everywhere && right.isOf(role);
            case Needed.Anywhere(Right right)
            when trial.operation().equals("explain") -> bound != Bound.NOWHERE && right.isOf(role);
            // With a role in another namespace than the one that would be foreign.
            case Needed.Anywhere(Right right) -> right.isOf(role);
            case Needed.AsEachResource ignored -> bound != Bound.NOWHERE && Right.WRITE_WORKLOAD.isOf(role);
            case Needed.Here(Right right)
            when right == Right.READ_SNAPSHOT -> everywhere || (bound == Bound.HERE && right.isOf(role));
            case Needed.Here(Right right) ->
                right.isOf(role)
                        && switch (right.reach()) {
                            case NAMESPACE -> bound != Bound.NOWHERE;
                            case EVERYWHERE -> everywhere;
                        };
        };
    }

    // What is to be deleted is there first.
    private static long prepare(OperationTrial trial, String namespace) {
        if (trial.operation().equals("restoreRevision")) {
            return revisionWithWorkload(namespace, "");
        }
        if (trial.operation().equals("confirmRevision")) {
            return revisionWithWorkload(namespace, "?confirmWithin=168h");
        }
        boolean isNamedThere = trial.path().contains("{name}") && trial.isOfThere();
        if (isNamedThere || trial.operation().equals("deleteNamespace")) {
            OperationTrial creation = trials().stream()
                    .filter(one -> one.operation().equals(trial.operation().replaceFirst("delete|patch", "put")))
                    .filter(one -> one.variant().isEmpty())
                    .findFirst()
                    .orElseThrow();
            String path = creation.pathIn(triedNamespace(trial, namespace), 1);
            String body =
                    trial.operation().equals("deleteNamespace") ? "{}" : creation.bodyIn(namespace, number(namespace));
            assertThat(Api.put(path, body).statusCode())
                    .as("%s: %s", path, body)
                    .isLessThan(300);
        }
        return 1;
    }

    // Each trial begins with the same.
    private static void cleanUp(OperationTrial trial, String namespace, Answer answer) {
        // Nobody takes away an approval policy by himself.
        boolean stays = trial.operation().endsWith("ApprovalPolicy");
        boolean isLeft =
                !stays && (trial.method().equals("put") || trial.method().equals("patch"));
        if (isLeft && trial.path().contains("{name}") && answer.status() < 300) {
            assertThat(Api.as("admin").delete(trial.pathIn(namespace, 1)).statusCode())
                    .isEqualTo(204);
        }
    }

    // What is brought back by it is one workload.
    private static long revisionWithWorkload(String namespace, String how) {
        String path = "/api/v1/namespaces/%s/workloads/restored".formatted(namespace);
        Api.put(
                path + how,
                "spec: {labels: {app: tried}, identities: [{cidr: 10.76.%d.8/32}]}".formatted(number(namespace)));
        long revision = Api.head();
        assertThat(Api.as("admin").delete(path).statusCode()).isEqualTo(204);
        return revision;
    }

    // A namespace that is to go must be empty, so another one is taken.
    private static String triedNamespace(OperationTrial trial, String namespace) {
        return trial.operation().equals("deleteNamespace") ? "tried-" + namespace : namespace;
    }

    // By the client of Java itself: REST Assured takes more time to ask than the program to answer.
    private static Answer send(Attempt attempt, long revision) {
        OperationTrial trial = attempt.trial();
        String namespace = attempt.namespace();
        String path = trial.pathIn(triedNamespace(trial, namespace), revision);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                .header("accept", "application/json")
                .header("authorization", "Bearer " + token(attempt.role(), attempt.bound()));
        BodyPublisher body = BodyPublishers.noBody();
        if (!trial.body().isEmpty()) {
            request.header("content-type", trial.contentType());
            body = BodyPublishers.ofString(trial.bodyIn(namespace, number(namespace)));
        }
        return Answer.to(
                request.method(trial.method().toUpperCase(Locale.ROOT), body).build());
    }

    private record Answer(int status, String body) {
        private static final HttpClient HTTP = HttpClient.newHttpClient();
        private static final ObjectMapper JSON = new ObjectMapper();

        static Answer to(HttpRequest request) {
            try {
                var response = HTTP.send(request, BodyHandlers.ofString());
                return new Answer(response.statusCode(), response.body());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        String text(String field) {
            try {
                return JSON.readTree(body).path(field).asText();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private static String token(Role role, Bound bound) {
        String group = (bound == Bound.EVERYWHERE ? "everywhere-" : "mine-") + role.word();
        return TOKENS.computeIfAbsent(
                group, name -> IssuerResource.issuer().token(Map.of("sub", name, "groups", List.of(name))));
    }

    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private static int number(String namespace) {
        return namespace.equals(OWN) ? OWN_NUMBER : FOREIGN_NUMBER;
    }

    private static void worlds() {
        String bindings = Arrays.stream(Role.values())
                .map(role -> """
                        ---
                        apiVersion: sallyport.io/v1
                        kind: RoleBinding
                        metadata: {namespace: mine, name: ROLE}
                        spec: {role: ROLE, subjects: [{group: mine-ROLE}]}
                        ---
                        apiVersion: sallyport.io/v1
                        kind: RoleBinding
                        metadata: {namespace: mine, name: ROLE-of-all}
                        spec: {role: ROLE, subjects: [{group: everywhere-ROLE}], namespaces: All}
                        """.replace("ROLE", role.word()))
                .collect(Collectors.joining());
        for (String namespace : List.of(FOREIGN, OWN)) {
            String world = Api.world(namespace, number(namespace)).replace("10.77.", "10.76.");
            Response response = Api.apply(world + (namespace.equals(OWN) ? bindings : ""));
            assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        }
    }

    private static List<OperationTrial> trials() {
        return Stream.concat(
                        // One draft is its author's, which ChangeSetsTest tries.
                        operations().stream()
                                .filter(each -> !each.path().contains("/change-sets/{id}"))
                                .map(each -> OperationTrial.of(each.method(), each.path(), each.id())),
                        OperationTrial.SPECIAL.stream())
                .toList();
    }

    private static List<Operation> operations() {
        try {
            JsonNode paths = new YAMLMapper()
                    .readTree(Files.readString(Path.of("openapi", "openapi.yaml")))
                    .path("paths");
            return paths.propertyStream()
                    .flatMap(path -> path.getValue()
                            .propertyStream()
                            .filter(one -> one.getValue().has("operationId"))
                            .map(one -> new Operation(
                                    one.getKey(),
                                    path.getKey(),
                                    one.getValue().path("operationId").asText())))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private record Operation(String method, String path, String id) {}

    @Test
    void theDocumentedTablesAreThoseThatTheProgramGoesBy() throws IOException {
        String docs = Files.readString(DOCS);
        String wanted = with(docs, "rights", AccessTables.ofRights());
        wanted = with(
                wanted,
                "operations",
                AccessTables.ofOperations(
                        operations().stream().map(Operation::id).toList()));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCS, wanted);
        }

        assertThat(Files.readString(DOCS)).isEqualTo(wanted);
        assertThat(wanted).doesNotContain("NOT SAID");
    }

    private static String with(String docs, String table, String content) {
        String begin = "<!-- %s -->\n".formatted(table);
        String end = "<!-- end of %s -->".formatted(table);
        int from = docs.indexOf(begin) + begin.length();
        return docs.substring(0, from) + content + docs.substring(docs.indexOf(end));
    }
}
