package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.Demand;
import io.sallyport.domain.approval.DemandStanding;
import io.sallyport.domain.approval.Owed;
import io.sallyport.domain.approval.Risk;
import io.sallyport.usecase.ApprovalsOfDraft;
import java.util.List;

/** What is asked of others, and what they said, in JSON. */
public final class ApprovalJson {
    private ApprovalJson() {}

    /** What policies ask for, and how far they have it. */
    public static ArrayNode standings(List<DemandStanding> standings) {
        return Tree.array(standings.stream().map(ApprovalJson::write).toList());
    }

    private static ObjectNode write(DemandStanding standing) {
        Demand demand = standing.demand();
        ObjectNode result = Tree.object();
        if (standing.isForeign()) {
            result.put("foreign", true);
        } else {
            result.set("policy", ReferenceJson.write(demand.policy()));
        }
        result.put("met", standing.isMet());
        result.set(
                "risks",
                Tree.array(demand.risks().stream().map(ApprovalJson::write).toList()));
        result.put("count", demand.required());
        result.set("by", ApproversJson.write(demand.by()));
        result.put("validFor", DurationJson.text(demand.validFor()));
        result.set(
                "given",
                Tree.array(standing.given().stream()
                        .map(approval -> write(approval)
                                .put(
                                        "expiresAt",
                                        approval.at().plus(demand.validFor()).toString()))
                        .toList()));
        Tree.list(result, "rejected", standing.rejected(), ApprovalJson::write);
        demand.emergency().forEach(emergency -> {
            ObjectNode way = result.putObject("emergency");
            way.set("by", ApproversJson.write(emergency.by()));
            way.put("longest", DurationJson.text(emergency.longest()));
        });
        return result;
    }

    private static ObjectNode write(Risk risk) {
        ObjectNode result =
                Tree.object().put("type", TriggerJson.word(risk.type())).put("message", risk.message());
        risk.flows().stream().findFirst().ifPresent(flow -> result.set("flow", FlowJson.write(flow)));
        return result;
    }

    static ObjectNode write(Approval approval) {
        ObjectNode result = Tree.object()
                .put("approver", approval.name())
                .put("verdict", Choices.capitalized(approval.verdict()))
                .put("at", approval.at().toString());
        return approval.comment().isEmpty() ? result : result.put("comment", approval.comment());
    }

    /** All that was said on a draft, and what is still asked for. */
    public static ObjectNode write(ApprovalsOfDraft approvals) {
        ObjectNode result = Tree.object().put("approved", approvals.isApproved());
        result.set("required", standings(approvals.standings()));
        result.set(
                "items",
                Tree.array(approvals.words().stream()
                        .map(word -> write(word.approval()).put("current", word.isCurrent()))
                        .toList()));
        return result;
    }

    /** What a revision was made without. */
    static ObjectNode write(Owed owed) {
        ObjectNode result = Tree.object();
        owed.policy().forEach(policy -> result.set("policy", ReferenceJson.write(policy)));
        Tree.texts(result, "risks", owed.risks());
        result.put("count", owed.required()).set("by", ApproversJson.write(owed.by()));
        return result;
    }
}
