package io.sallyport.testkit;

import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.RoleBinding.Reach;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.access.Subject;
import java.util.ArrayList;
import java.util.List;

/** {@code aRoleBinding("shop/developers").of(Role.DEVELOPER).group("shop-developers")}. */
public final class RoleBindingBuilder extends ResourceBuilder<RoleBinding> {
    private final List<Subject> subjects = new ArrayList<>();
    private Role role = Role.VIEWER;
    private Reach reach = Reach.OWN;

    private RoleBindingBuilder(String name) {
        super(name);
    }

    public static RoleBindingBuilder aRoleBinding(String name) {
        return new RoleBindingBuilder(name);
    }

    public RoleBindingBuilder of(Role value) {
        role = value;
        return this;
    }

    public RoleBindingBuilder group(String name) {
        subjects.add(new Subject.Group(name));
        return this;
    }

    public RoleBindingBuilder user(String issuer, String subject) {
        subjects.add(new Subject.User(issuer, subject));
        return this;
    }

    public RoleBindingBuilder serviceAccount(String clientId) {
        subjects.add(new Subject.ServiceAccount(clientId));
        return this;
    }

    public RoleBindingBuilder everywhere() {
        reach = Reach.ALL;
        return this;
    }

    @Override
    protected RoleBinding spec() {
        return new RoleBinding(role, subjects, reach);
    }
}
