package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class ApprovalsTest {
    private static final String SETS = "/api/v1/change-sets";

    @Test
    void noWayOfWritingGetsPastAPolicyAndADryRunTellsWhatItAsks() {
        world("approved-ways", 210);
        Api.apply(world("approved-ways", "old", "Allow"));
        long open = Api.head();
        policy("approved-ways", "{type: NewDestination}");
        assertThat(Api.put(rule("approved-ways", "old"), spec("old", "Deny")).statusCode())
                .isEqualTo(200);
        assertThat(Api.apply(world("approved-ways", "new", "Deny")).statusCode())
                .as("what opens nothing needs nobody")
                .isEqualTo(200);
        Api.put(rule("approved-ways", "stop"), spec("old", "Deny").replace("action", "priority: 1\n  action"));
        Api.put(rule("approved-ways", "stop"), spec("new", "Deny").replace("action", "priority: 1\n  action"));
        long head = Api.head();

        Response put = Api.put(rule("approved-ways", "old"), spec("old", "Allow"));
        Response patch = Api.as("admin")
                .contentType("application/merge-patch+json")
                .body("{\"spec\": {\"action\": \"Allow\"}}")
                .patch(rule("approved-ways", "old"));
        Response apply = Api.apply(world("approved-ways", "other", "Allow"));
        Response restore = Api.as("admin").post("/api/v1/revisions/%d/restore".formatted(open));
        Response draft = draft(Api.as("admin"), world("approved-ways", "other", "Allow"));
        Response publish = Api.as("admin").post(path(draft, "publish"));
        Response dryRun = Api.as("admin")
                .contentType("application/yaml")
                .body(spec("old", "Allow"))
                .put(rule("approved-ways", "old") + "?dryRun=true");

        for (Response refused : List.of(put, patch, apply, restore, publish)) {
            Api.assertProblem(refused, 409, "approval-required");
            assertThat(refused.<String>path("detail")).contains("/approvals");
            assertThat(refused.<List<String>>path("approvals[0].risks.type")).contains("NewDestination");
        }
        assertThat(apply.<List<String>>path("errors.pointer")).containsExactly("/1");
        assertThat(put.<String>path("errors[0].message"))
                .isEqualTo("host old.approved-ways.example at port 80 can be reached through gateway"
                        + " approved-ways/internet, at its listener 'http': approval policy approved-ways/asks asks for 1"
                        + " approval by who has role security");
        assertThat(put.<String>path("approvals[0].risks[0].flow.source.cidr")).isEqualTo("10.77.210.2/32");
        assertThat(Api.head()).isEqualTo(head);
        assertThat(dryRun.statusCode()).as(dryRun.asString()).isEqualTo(200);
        assertThat(dryRun.<Boolean>path("status.preview.approvals[0].met")).isFalse();
        Response deleted = Api.as("admin").delete(rule("approved-ways", "old"));
        assertThat(deleted.statusCode()).as("what closes needs nobody").isEqualTo(204);
    }

    @Test
    void whatTakesADenialAwayNeedsTheSameWhicheverWayItIsWritten() {
        world("approved-denial", 235);
        policy("approved-denial", "{type: NewDestination}");
        String stop = rule("approved-denial", "stop");
        long open = Api.head();
        String denial = spec("billing", "Deny").replace("action", "priority: 1\n  action");
        Response stopped = Api.put(stop, "metadata: {labels: {ci: denials}}\n" + denial);
        assertThat(stopped.statusCode()).as("what closes needs nobody").isEqualTo(201);
        String removal =
                "{apiVersion: sallyport.io/v1, kind: EgressRule, action: Delete, metadata: {namespace: approved-denial, name: stop}}";
        String others =
                "{apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: approved-denial, name: other, labels: {ci: denials}}, spec: {labels: {app: other}}}";
        Response draft = draft(Api.as("admin"), removal);
        long head = Api.head();

        List<Response> refused = List.of(
                Api.as("admin").delete(stop),
                Api.as("admin").delete(stop + "?confirmWithin=1h"),
                patchOff(stop, ""),
                patchOff(stop, "?confirmWithin=1h"),
                Api.apply(removal),
                Api.as("admin").contentType("application/yaml").body(others).post("/api/v1/apply?prune=ci=denials"),
                Api.as("admin").post("/api/v1/revisions/%d/restore?confirmWithin=1h".formatted(open)),
                Api.as("admin").post(path(draft, "publish") + "?confirmWithin=1h"));
        Response tried = Api.as("admin").delete(stop + "?dryRun=true");
        Response hopeless = Api.as("developer")
                .header("Sallyport-Emergency-Reason", "pager 8")
                .delete(stop + "?dryRun=true&emergency=1h");

        for (Response one : refused) {
            Api.assertProblem(one, 409, "approval-required");
            assertThat(one.<List<String>>path("approvals[0].risks.type")).containsExactly("NewDestination");
        }
        assertThat(Api.head()).isEqualTo(head);
        assertThat(tried.<Boolean>path("preview.approvals[0].met"))
                .as(tried.asString())
                .isFalse();
        Api.assertProblem(hopeless, 403, "forbidden");
        assertThat(hopeless.<String>path("detail")).contains("who has role operator");
        assertThat(say("security", draft, "").statusCode()).isEqualTo(200);
        Response published = Api.as("admin").post(path(draft, "publish") + "?confirmWithin=1h");
        assertThat(published.statusCode()).as(published.asString()).isEqualTo(200);
        assertThat(published.header("Sallyport-Confirm-By")).isNotBlank();
        assertThat(Api.get(stop).statusCode()).isEqualTo(404);
    }

    private static Response patchOff(String rule, String query) {
        return Api.as("admin")
                .contentType("application/merge-patch+json")
                .body("{\"spec\": {\"enforcement\": \"Off\"}}")
                .patch(rule + query);
    }

    @Test
    void anotherPersonsWordLetsItBePublishedAndNobodyApprovesHisOwn() {
        world("approved-word", 211);
        policy("approved-word", "{type: NewDestination}");
        Response draft = draft(Api.as("admin"), world("approved-word", "new", "Allow"));

        Response own = Api.as("admin").post(path(draft, "approvals"));
        Response viewer = Api.as("viewer").post(path(draft, "approvals"));
        Response seen = Api.as("security").post(path(draft, "preview"));
        Response asked = Api.as("security").get(path(draft, "approvals"));
        Response approved = say("security", draft, "");

        Api.assertProblem(own, 403, "forbidden");
        Api.assertProblem(viewer, 403, "forbidden");
        assertThat(viewer.<String>path("detail")).contains("who has role security");
        assertThat(seen.<Integer>path("preview.flows.opened.count"))
                .as(seen.asString())
                .isPositive();
        assertThat(asked.<Boolean>path("approved")).as(asked.asString()).isFalse();
        assertThat(approved.<Boolean>path("approved")).as(approved.asString()).isTrue();
        assertThat(approved.<String>path("items[0].comment")).isEqualTo("looked at");
        assertThat(Api.as("admin").delete(path(draft, "approvals")).statusCode())
                .isEqualTo(404);

        assertThat(Api.as("security").delete(path(draft, "approvals")).statusCode())
                .isEqualTo(204);
        Api.assertProblem(publish(draft), 409, "approval-required");
        assertThat(say("security", draft, "").statusCode()).isEqualTo(200);
        assertThat(say("second-security", draft, "?verdict=Rejected").<Boolean>path("approved"))
                .isFalse();
        Api.assertProblem(publish(draft), 409, "approval-required");
        assertThat(say("second-security", draft, "").statusCode()).isEqualTo(200);
        Response published = publish(draft);
        assertThat(published.statusCode()).as(published.asString()).isEqualTo(200);
        assertThat(Api.get("/api/v1/audit-events?namespace=approved-word&limit=50")
                        .<List<String>>path("items.reason"))
                .anySatisfy(reason ->
                        assertThat(reason).startsWith("Approved change set ").endsWith(": looked at"))
                .anySatisfy(reason -> assertThat(reason).startsWith("Rejected change set "));
        Api.assertProblem(say("security", draft, ""), 409, "conflict");
        Api.assertProblem(
                Api.as("security").post(path(draft, "approvals") + "?verdict=Perhaps"), 400, "malformed-request");
    }

    @Test
    void aWordIsOnWhatTheDraftDidThenAndOnNothingElse() {
        world("approved-then", 212);
        policy("approved-then", "{type: NewDestination}");
        Response draft = draft(Api.as("admin"), world("approved-then", "new", "Allow"));
        assertThat(say("security", draft, "").statusCode()).isEqualTo(200);

        Api.put("/api/v1/namespaces/approved-then/workloads/elsewhere", "spec: {labels: {app: other}}");
        assertThat(Api.as("security").get(path(draft, "approvals")).<Boolean>path("items[0].current"))
                .as("what has nothing to do with it changes nothing")
                .isTrue();
        Response more = Api.put(
                "/api/v1/namespaces/approved-then/workloads/more",
                "spec: {labels: {app: checkout}, identities: [{cidr: 10.77.212.3/32}]}");
        assertThat(more.statusCode()).as(more.asString()).isEqualTo(201);
        Response widened = publish(draft);
        assertThat(say("security", draft, "").statusCode()).isEqualTo(200);
        String other = world("approved-then", "new", "Allow").replace("number: 80", "number: 81");
        Response notMine = edit("security", draft, other);
        assertThat(edit("admin", draft, other).statusCode()).isEqualTo(200);
        Response edited = publish(draft);
        Response said = Api.as("security").get(path(draft, "approvals"));
        assertThat(say("security", draft, "").<Boolean>path("approved")).isTrue();

        Api.assertProblem(widened, 409, "approval-required");
        Api.assertProblem(notMine, 403, "forbidden");
        Api.assertProblem(edited, 409, "approval-required");
        assertThat(said.<List<Boolean>>path("items.current")).containsExactly(false);
        assertThat(publish(draft).statusCode()).isEqualTo(200);
    }

    @Test
    void aWordCountsOnlyAsLongAsItsGiverMayGiveIt() {
        world("approved-right", 213);
        policy("approved-right", "{type: NewDestination}");
        String binding = "/api/v1/namespaces/approved-right/role-bindings/officers";
        Api.put(binding, "spec: {role: security, subjects: [{group: officers}]}");
        Response draft = draft(Api.as("admin"), world("approved-right", "new", "Allow"));
        Response foreign = draft(Api.as("admin"), """
                ---
                {apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: approved-far}}
                ---
                """ + world("approved-right", "new", "Allow"));

        assertThat(sayAs(officer(), draft).<Boolean>path("approved")).isTrue();
        Api.assertProblem(sayAs(officer(), foreign), 404, "not-found");
        assertThat(Api.as("admin").delete(binding).statusCode()).isEqualTo(204);

        Api.assertProblem(publish(draft), 409, "approval-required");
    }

    @Test
    void nobodyWeakensAPolicyWithoutWhatItAsksFor() {
        world("approved-self", 214);
        policy("approved-self", "{type: WildcardHost}");
        String policy = "/api/v1/namespaces/approved-self/approval-policies/asks";

        Response deleted = Api.as("admin").delete(policy);
        Response wider = Api.as("admin")
                .contentType("application/merge-patch+json")
                .body("{\"spec\": {\"exceptHosts\": [\"*\"]}}")
                .patch(policy);
        Response both = Api.apply(
                world("approved-self", "all", "Allow")
                                .replace(
                                        "hosts: [all.approved-self.example]",
                                        "resolution: Dynamic, hosts: [\"*.approved-self.example\"]")
                        + "---\n{apiVersion: sallyport.io/v1, kind: ApprovalPolicy, action: Delete, metadata: {namespace: approved-self, name: asks}}\n");
        Response stricter = Api.as("admin")
                .contentType("application/merge-patch+json")
                .body("{\"spec\": {\"approvals\": {\"count\": 2}}}")
                .patch(policy);

        for (Response refused : List.of(deleted, wider, both)) {
            Api.assertProblem(refused, 409, "approval-required");
            assertThat(refused.<List<String>>path("approvals.risks.flatten().type"))
                    .contains("WeakenedApprovalPolicy");
        }
        assertThat(both.<List<String>>path("approvals.risks.flatten().type")).contains("WildcardHost");
        assertThat(stricter.statusCode()).as(stricter.asString()).isEqualTo(200);
        Response draft = draft(
                Api.as("admin"),
                "{apiVersion: sallyport.io/v1, kind: ApprovalPolicy, action: Delete, metadata: {namespace: approved-self, name: asks}}");
        assertThat(say("security", draft, "").<Boolean>path("approved"))
                .as("the role is had in all namespaces, and two are asked for")
                .isFalse();
        assertThat(say("second-security", draft, "").<Boolean>path("approved")).isTrue();
        assertThat(publish(draft).statusCode()).isEqualTo(200);
    }

    @Test
    void inAnEmergencyItIsWrittenForAWhileByWhoMayAndToldApart() {
        world("approved-never", 215);
        policy("approved-never", "{type: NewDestination}");
        String rule = rule("approved-never", "new");
        String other = rule("approved-never", "other");
        Api.put("/api/v1/namespaces/approved-never/destinations/new", destination("approved-never", "new"));

        Response tried = emergency("operator", rule, "5s&dryRun=true");
        Response soon = emergency("operator", rule, "5s");
        Response again = emergency("operator", rule, "8h");
        Response unreasoned = Api.as("operator")
                .contentType("application/yaml")
                .body(spec("new", "Allow"))
                .put(rule + "?emergency=5s");
        Response nobody = emergency("security", other, "5s");
        Response tooLong = emergency("operator", other, "9h");
        Response needless = emergency("operator", other, "5s", "Deny");

        assertThat(tried.statusCode()).as(tried.asString()).isEqualTo(201);
        assertThat(tried.<Boolean>path("status.preview.approvals[0].met")).isFalse();
        assertThat(soon.statusCode()).as(soon.asString()).isEqualTo(201);
        assertThat(soon.header("Sallyport-Confirm-By")).isNotBlank();
        Api.assertProblem(again, 409, "conflict");
        assertThat(again.<String>path("detail")).contains("It is so already");
        Api.assertProblem(unreasoned, 400, "malformed-request");
        Api.assertProblem(nobody, 403, "forbidden");
        assertThat(nobody.<String>path("detail")).contains("who has role operator");
        Api.assertProblem(tooLong, 409, "conflict");
        assertThat(tooLong.<String>path("detail")).contains("lasts 8h at most");
        Api.assertProblem(needless, 409, "conflict");
        String revision = "/api/v1/revisions/" + soon.header("Sallyport-Revision");
        Response waiting = Api.get(revision + "/confirmation");
        assertThat(waiting.<String>path("emergency.reason")).isEqualTo("pager 7");
        assertThat(Api.get(revision).<String>path("message")).startsWith("Emergency, without approval: pager 7");
        Response events = Api.get("/api/v1/audit-events?outcome=Emergency&namespace=approved-never");
        assertThat(events.<List<String>>path("items.reason"))
                .singleElement()
                .asString()
                .contains("pager 7", "host new.approved-never.example", "approval policy approved-never/asks");
        Api.assertProblem(Api.as("operator").post(revision + "/confirm"), 403, "forbidden");
        await().until(() -> Api.get(rule).statusCode() == 404);
        assertThat(Api.get(revision + "/confirmation").<String>path("state")).isEqualTo("Reverted");
    }

    @Test
    void whatIsForeignIsNotNamedToWhoIsRefused() {
        world("approved-own", 216);
        Api.put("/api/v1/namespaces/approved-others", "{}");
        Api.put(
                "/api/v1/namespaces/approved-others/approval-policies/asks",
                asking("approved-own", "{type: NewDestination}"));
        Api.put(
                "/api/v1/namespaces/approved-own/role-bindings/team",
                "spec: {role: administrator, subjects: [{group: approved-team}]}");

        Response refused = member("approved-team")
                .contentType("application/yaml")
                .body(world("approved-own", "new", "Allow"))
                .post("/api/v1/apply");

        Api.assertProblem(refused, 409, "approval-required");
        assertThat(refused.asString()).doesNotContain("approved-others");
        assertThat(refused.<Boolean>path("approvals[0].foreign")).isTrue();
        assertThat(refused.<List<String>>path("approvals[0].by.roles")).containsExactly("security");
    }

    private static Response emergency(String user, String rule, String time) {
        return emergency(user, rule, time, "Allow");
    }

    private static Response emergency(String user, String rule, String time, String action) {
        return as(user).contentType("application/yaml")
                .header("Sallyport-Emergency-Reason", "pager 7")
                .body(spec("new", action).replace("spec:\n", "spec:\n  tier: Admin\n"))
                .put(rule + "?emergency=" + time);
    }

    private static void world(String namespace, int number) {
        assertThat(Api.apply(Api.world(namespace, number)).statusCode()).isEqualTo(200);
    }

    private static void policy(String namespace, String risk) {
        Response put =
                Api.put("/api/v1/namespaces/%s/approval-policies/asks".formatted(namespace), asking(namespace, risk));
        assertThat(put.statusCode()).as(put.asString()).isEqualTo(201);
    }

    private static String asking(String namespace, String risk) {
        return """
                spec:
                  namespaces: [%s]
                  risks: [%s]
                  approvals: {by: {roles: [security]}}
                  emergency: {by: {roles: [operator]}, longest: 8h}
                """.formatted(namespace, risk);
    }

    /** A destination of that name, and a rule on it. */
    private static String world(String namespace, String name, String action) {
        return """
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: NS, name: NAME}
                DESTINATION
                ---
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: NS, name: NAME}
                RULE""".replace("DESTINATION", destination(namespace, name))
                .replace("RULE", spec(name, action))
                .replace("NS", namespace)
                .replace("NAME", name);
    }

    private static String destination(String namespace, String name) {
        return "spec: {hosts: [%s.%s.example], ports: [{number: 80, protocol: HTTP}]}".formatted(name, namespace);
    }

    private static String spec(String destination, String action) {
        return """
                spec:
                  gatewayRef: {name: internet}
                  action: %s
                  from: [{workloadSelector: {matchLabels: {app: checkout}}}]
                  to: [{destinationRef: {name: %s}}]
                """.formatted(action, destination);
    }

    private static String rule(String namespace, String name) {
        return "/api/v1/namespaces/%s/egress-rules/%s".formatted(namespace, name);
    }

    private static Response draft(RequestSpecification author, String documents) {
        Response draft = author.contentType("application/yaml").body(documents).post(SETS);
        assertThat(draft.statusCode()).as(draft.asString()).isEqualTo(201);
        return draft;
    }

    private static Response edit(String user, Response draft, String documents) {
        return Api.as(user).contentType("application/yaml").body(documents).put(SETS + "/" + id(draft));
    }

    private static Response publish(Response draft) {
        return Api.as("admin").post(path(draft, "publish"));
    }

    private static Response say(String user, Response draft, String verdict) {
        return as(user).header("Sallyport-Message", "looked at").post(path(draft, "approvals") + verdict);
    }

    private static Response sayAs(RequestSpecification user, Response draft) {
        return user.post(path(draft, "approvals"));
    }

    private static RequestSpecification as(String user) {
        return user.equals("second-security") ? member("security") : Api.as(user);
    }

    private static RequestSpecification officer() {
        return member("officers");
    }

    /** Somebody of a group, who is none of the usual users. */
    private static RequestSpecification member(String group) {
        return Api.anonymous()
                .auth()
                .oauth2(IssuerResource.issuer().token(Map.of("sub", "of-" + group, "groups", List.of(group))));
    }

    private static String path(Response draft, String verb) {
        return SETS + "/" + id(draft) + "/" + verb;
    }

    private static String id(Response draft) {
        return draft.path("id");
    }
}
