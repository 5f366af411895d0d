package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.approval.Approvers;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** Who may approve, or do without approval, in JSON. */
final class ApproversJson {
    private static final int MOST_SUBJECTS = 100;
    private static final SequencedMap<String, Role> ROLES = Choices.of(Role.values(), Role::word);

    private ApproversJson() {}

    static Optional<Approvers> read(Place place) {
        Fields fields = place.fields("roles", "subjects");
        List<Role> roles = fields.list("roles", item -> item.oneOf(ROLES));
        List<Subject> subjects = fields.list("subjects", RoleBindingJson::readSubject);
        fields.refuseEmpty("roles");
        fields.refuseEmpty("subjects");
        fields.refuseMoreThan(MOST_SUBJECTS, "subjects");
        fields.refuseRepeats("roles", roles, Function.identity());
        fields.refuseRepeats("subjects", subjects, Function.identity());
        if (place.value().isObject() && place.value().isEmpty()) {
            place.report(Violations.Reason.MISSING_FIELD, "Say who may, by roles or subjects.");
        }
        return fields.build(() -> new Approvers(roles, subjects));
    }

    static ObjectNode write(Approvers approvers) {
        ObjectNode result = Tree.object();
        Tree.texts(result, "roles", approvers.roles().stream().map(Role::word).toList());
        Tree.list(result, "subjects", approvers.subjects(), RoleBindingJson::writeSubject);
        return result;
    }
}
