-- What was answered to writes that carry an Idempotency-Key, for a day. Keys and requests are hashed; an answer has no
-- secrets in it, as no answer has.
CREATE TABLE answers (
    key text PRIMARY KEY,
    request text NOT NULL,
    claimed_at timestamptz NOT NULL,
    -- Null while the request is under way.
    status integer,
    headers text,
    body text
);
CREATE INDEX answers_by_age ON answers (claimed_at);
