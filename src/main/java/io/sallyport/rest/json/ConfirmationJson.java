package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.domain.change.UnapprovedWrite;
import java.util.List;

/** A revision that waits for somebody's word, in JSON. */
public final class ConfirmationJson {
    private ConfirmationJson() {}

    /**
     * With who approved it so far, where it was made without approval.
     *
     * @param approvals none where it needs none
     */
    public static ObjectNode write(Confirmation confirmation, List<Approval> approvals) {
        ObjectNode result = write(confirmation);
        for (UnapprovedWrite without : confirmation.emergency()) {
            ObjectNode emergency = result.putObject("emergency").put("reason", without.reason());
            Tree.list(emergency, "required", without.owed(), ApprovalJson::write);
            emergency.set(
                    "given",
                    Tree.array(approvals.stream().map(ApprovalJson::write).toList()));
        }
        return result;
    }

    private static ObjectNode write(Confirmation confirmation) {
        ObjectNode result = Tree.object()
                .put("revision", confirmation.revision().number())
                .put("state", Choices.capitalized(confirmation.state()))
                .put("confirmBy", confirmation.until().toString())
                .put("author", confirmation.author());
        confirmation
                .settled()
                .forEach(stamp -> result.put("settledAt", stamp.at().toString()).put("settledBy", stamp.by()));
        confirmation.revertedIn().forEach(in -> result.put("revertedIn", in.number()));
        return confirmation.note().isEmpty() ? result : result.put("note", confirmation.note());
    }
}
