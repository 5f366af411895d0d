package io.sallyport.push.agent;

import io.sallyport.domain.snapshot.Secret;
import io.sallyport.push.agent.v1.AgentProtocol;

/** A credential that a gateway needs; only agents that may be that gateway are ever sent it. */
final class SecretResource {
    private SecretResource() {}

    static AgentProtocol.Resource of(Secret secret) {
        AgentProtocol.Secret.Builder body =
                AgentProtocol.Secret.newBuilder().setName(secret.name().toString());
        secret.credential().data().forEach((part, text) -> body.putData(part, text.reveal()));
        return AgentProtocol.Resource.newBuilder()
                .setName("secret/" + secret.name())
                .setSecret(body)
                .build();
    }
}
