package io.sallyport.domain.access;

/** Whom a role is bound to: something that the issuer vouches for, never a name that anybody may choose for himself. */
public sealed interface Subject {

    /** A person, by the issuer's own name for him (claims {@code iss} and {@code sub}). */
    record User(String issuer, String subject) implements Subject {
        @Override
        public String toString() {
            return "user %s/%s".formatted(issuer, subject);
        }
    }

    /** All whom the issuer puts into a group. */
    record Group(String name) implements Subject {
        @Override
        public String toString() {
            return "group " + name;
        }
    }

    /** A program that has a token of its own, by its client id. */
    record ServiceAccount(String clientId) implements Subject {
        @Override
        public String toString() {
            return "service account " + clientId;
        }
    }
}
