-- What agents refused, so that no replica sends it to them again: one row for each agent, by what it is known by across its
-- streams. Names of agents are theirs and may be long, so their hashes stand for them.
CREATE TABLE agent_quarantine (
    agent text PRIMARY KEY,
    replica text NOT NULL,
    quarantine jsonb NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX agent_quarantine_changed ON agent_quarantine (changed_at);
