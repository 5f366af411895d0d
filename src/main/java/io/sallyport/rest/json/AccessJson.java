package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import io.sallyport.identity.Access;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who a caller is and what he may, in JSON. */
public final class AccessJson {
    private AccessJson() {}

    public static ObjectNode write(Access access) {
        ObjectNode result = Tree.object()
                .put("name", access.caller().name())
                .put("id", access.caller().id())
                .put("administratorOfAll", access.caller().isRoot());
        result.set(
                "subjects",
                Tree.array(access.caller().subjects().stream()
                        .sorted(Comparator.comparing(Subject::toString))
                        .map(RoleBindingJson::writeSubject)
                        .toList()));
        ObjectNode roles = result.putObject("roles");
        roles(roles, "everywhere", access.everywhere());
        ObjectNode within = roles.putObject("namespaces");
        Map<Name, Set<Role>> sorted = new TreeMap<>(access.within());
        sorted.forEach((namespace, own) -> roles(within, namespace.value(), own));
        return result;
    }

    private static void roles(ObjectNode result, String name, Set<Role> roles) {
        var words = result.putArray(name);
        roles.stream().sorted().map(Role::word).forEach(words::add);
    }
}
