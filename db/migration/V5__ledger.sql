-- What agents run and what they refused, as the replicas that hear it write it now and then. Nothing here is the desired
-- state: losing it loses what is known of agents that are away, and nothing else.
CREATE TABLE replicas (
    replica text PRIMARY KEY,
    seen_at timestamptz NOT NULL
);

-- One row for each stream.
CREATE TABLE agents (
    id text PRIMARY KEY,
    replica text NOT NULL,
    status jsonb NOT NULL,
    gone_at timestamptz,
    changed_at timestamptz NOT NULL
);
CREATE INDEX agents_changed ON agents (changed_at);

-- Which listener of an agent was seen to serve, by which replica, and when last.
CREATE TABLE listener_proofs (
    replica text NOT NULL,
    client_id text NOT NULL,
    namespace text NOT NULL,
    gateway text NOT NULL,
    node_id text NOT NULL,
    listener text NOT NULL,
    fingerprint text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (replica, client_id, namespace, gateway, node_id, listener)
);
CREATE INDEX listener_proofs_at ON listener_proofs (at);

CREATE TABLE denials (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    replica text NOT NULL,
    at timestamptz NOT NULL,
    denial jsonb NOT NULL
);
CREATE INDEX denials_at ON denials (at);
