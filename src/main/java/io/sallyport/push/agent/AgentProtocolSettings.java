package io.sallyport.push.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Times of the agent protocol. */
@ConfigMapping(prefix = "sallyport.agent-protocol")
public interface AgentProtocolSettings {
    /** How often an agent is to say something; after three times this in silence its stream ends. */
    @WithDefault("10s")
    Duration heartbeatInterval();

    /** How long a snapshot may go without an ack or a reject before the stream ends. */
    @WithDefault("30s")
    Duration answerWithin();

    /** How long an open stream may go on after its agent stopped being admitted or its token ended, at most. */
    @WithDefault("1s")
    Duration checkInterval();

    /** Within what time agents are asked to come back when the server goes away. */
    @WithDefault("5s")
    Duration reconnectWithin();
}
