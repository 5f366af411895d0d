-- Everything that was done and refused, in one chain of hashes. Whoever appends locks the one row of audit_head; where
-- he writes a revision too, after the head.
CREATE TABLE audit_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    sequence bigint NOT NULL CHECK (sequence >= 0),
    hash text NOT NULL
);
INSERT INTO audit_head (sequence, hash) VALUES (0, '');

CREATE TABLE audit_events (
    sequence bigint PRIMARY KEY CHECK (sequence > 0),
    at timestamptz NOT NULL,
    actor text NOT NULL,
    actor_id text NOT NULL,
    request text NOT NULL,
    operation text NOT NULL,
    kind text COLLATE "C" NOT NULL,
    namespace text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('DONE', 'REFUSED')),
    status integer NOT NULL,
    reason text NOT NULL,
    revision bigint NOT NULL,
    resource_before text NOT NULL,
    resource_after text NOT NULL,
    left_out bigint NOT NULL,
    hash text NOT NULL
);
CREATE INDEX audit_events_of_resources ON audit_events (namespace, kind, name, sequence);
CREATE INDEX audit_events_of_actors ON audit_events (actor_id, sequence);

-- Against mistakes and the plain kind of malice; what gets past this shows in the chain.
CREATE FUNCTION refuse_to_change_the_audit_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
CREATE TRIGGER audit_events_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit_trail();
