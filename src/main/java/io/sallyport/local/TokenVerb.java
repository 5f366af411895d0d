package io.sallyport.local;

import java.util.List;

/** Prints a bearer token of the local issuer for a user, or for an agent's client id. */
final class TokenVerb {

    private TokenVerb() {}

    @SuppressWarnings("SystemOut")
    static int run(List<String> arguments) {
        if (arguments.size() > 1) {
            throw new CommandException("usage: ./sallyport token [NAME]\nNAME is %s, or an agent's client id"
                    .formatted(String.join(", ", LocalIssuer.USERS)));
        }
        var name = arguments.isEmpty() ? "admin" : arguments.getFirst();
        System.out.println(token(name));
        return 0;
    }

    static String token(String name) {
        var issuer = new IssuerClient(EnvironmentFile.issuer());
        if (!issuer.isReady()) {
            throw new CommandException("The local issuer does not answer; start all by ./sallyport up");
        }
        return LocalIssuer.USERS.contains(name) ? issuer.userToken(name) : issuer.clientToken(name);
    }
}
