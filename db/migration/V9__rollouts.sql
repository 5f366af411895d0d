-- Where each gateway with a rollout policy is with its changes, and how it came there. Whoever moves a rollout writes the next
-- version in place of the one before, so that of several replicas one does it.
CREATE TABLE rollouts (
    namespace text NOT NULL,
    name text NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    stable bigint NOT NULL,
    candidate bigint NOT NULL,
    phase text NOT NULL CHECK (phase IN ('SETTLED', 'PROGRESSING', 'PAUSED', 'HALTED', 'RETURNED')),
    step integer NOT NULL CHECK (step >= 0),
    below integer NOT NULL CHECK (below BETWEEN 0 AND 10000),
    since timestamptz NOT NULL,
    -- Null while the gates are not passed.
    met_since timestamptz,
    reason text NOT NULL,
    by text NOT NULL,
    PRIMARY KEY (namespace, name)
);

CREATE TABLE rollout_events (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    type text NOT NULL,
    namespace text NOT NULL,
    name text NOT NULL,
    version bigint NOT NULL,
    stable bigint NOT NULL,
    candidate bigint NOT NULL,
    phase text NOT NULL,
    step integer NOT NULL,
    below integer NOT NULL,
    since timestamptz NOT NULL,
    met_since timestamptz,
    reason text NOT NULL,
    by text NOT NULL
);
CREATE INDEX rollout_events_of_a_gateway ON rollout_events (namespace, name, sequence);

-- Gateways had no such policy so far.
UPDATE resources SET spec = spec || '{"rollout": []}' WHERE kind = 'EgressGateway';
UPDATE history SET resource = jsonb_set(resource, '{spec,rollout}', '[]') WHERE kind = 'EgressGateway' AND resource IS NOT NULL;
UPDATE change_sets SET changes = (
    SELECT coalesce(jsonb_agg(
        CASE WHEN change ->> 'kind' = 'EgressGateway' AND jsonb_typeof(change -> 'resource') = 'object'
            THEN jsonb_set(change, '{resource,spec,rollout}', '[]')
            ELSE change END
        ORDER BY position), '[]')
    FROM jsonb_array_elements(changes) WITH ORDINALITY AS each (change, position));
