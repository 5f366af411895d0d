package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.RoleBinding.Reach;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.access.Subject.Group;
import io.sallyport.domain.access.Subject.ServiceAccount;
import io.sallyport.domain.access.Subject.User;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** The spec of a role binding in JSON. */
final class RoleBindingJson {
    private static final int MOST_SUBJECTS = 100;
    private static final int LONGEST_NAME = 255;
    private static final SequencedMap<String, Role> ROLES = Choices.of(Role.values(), Role::word);
    private static final SequencedMap<String, Reach> REACHES = Choices.of(Reach.values(), Choices::capitalized);

    private RoleBindingJson() {}

    static Optional<RoleBinding> read(Place spec) {
        Fields fields = spec.fields("role", "subjects", "namespaces");
        Optional<Role> role = fields.required("role", item -> item.oneOf(ROLES));
        List<Subject> subjects = fields.requiredList("subjects", RoleBindingJson::readSubject);
        fields.refuseMoreThan(MOST_SUBJECTS, "subjects");
        fields.refuseRepeats("subjects", subjects, Function.identity());
        Optional<Reach> reach = fields.defaulted("namespaces", Reach.OWN, item -> item.oneOf(REACHES));
        return fields.build(() -> new RoleBinding(role.orElseThrow(), subjects, reach.orElseThrow()));
    }

    /** One of those that roles are bound to. */
    static Optional<Subject> readSubject(Place place) {
        Fields fields = place.fields("user", "group", "serviceAccount");
        Optional<Subject> user = fields.optional("user", RoleBindingJson::readUser);
        Optional<Subject> group =
                fields.optional("group", RoleBindingJson::readName).map(Group::new);
        Optional<Subject> account =
                fields.optional("serviceAccount", RoleBindingJson::readName).map(ServiceAccount::new);
        fields.refuseAllButOne("user", "group", "serviceAccount");
        return fields.build(() -> user.or(() -> group).or(() -> account).orElseThrow());
    }

    private static Optional<Subject> readUser(Place place) {
        Fields fields = place.fields("issuer", "subject");
        Optional<String> issuer = fields.required("issuer", item -> item.parsed(IssuerText::issuer));
        Optional<String> subject = fields.required("subject", RoleBindingJson::readName);
        return fields.build(() -> new User(issuer.orElseThrow(), subject.orElseThrow()));
    }

    private static Optional<String> readName(Place place) {
        return place.text(LONGEST_NAME).flatMap(text -> place.attempt(() -> named(text)));
    }

    private static String named(String text) {
        if (text.isBlank() || !text.strip().equals(text)) {
            throw new IllegalArgumentException("'%s' is no name: use it as the token has it, without blanks around it"
                    .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    static ObjectNode write(RoleBinding binding) {
        ObjectNode spec = Tree.object().put("role", binding.role().word());
        Tree.list(spec, "subjects", binding.subjects(), RoleBindingJson::writeSubject);
        return spec.put("namespaces", Choices.capitalized(binding.reach()));
    }

    /** Also as callers are told who they are. */
    static ObjectNode writeSubject(Subject subject) {
        return switch (subject) {
            case User user -> {
                ObjectNode result = Tree.object();
                result.putObject("user").put("issuer", user.issuer()).put("subject", user.subject());
                yield result;
            }
            case Group group -> Tree.object().put("group", group.name());
            case ServiceAccount account -> Tree.object().put("serviceAccount", account.clientId());
        };
    }
}
