-- The head is one row. Whoever writes locks it first, so revisions are numbered one after the other, without gaps,
-- and become visible in their order.
CREATE TABLE head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    revision bigint NOT NULL CHECK (revision >= 0),
    hash text NOT NULL
);
INSERT INTO head (revision, hash) VALUES (0, '');

CREATE TABLE revisions (
    revision bigint PRIMARY KEY CHECK (revision > 0),
    at timestamptz NOT NULL,
    author text NOT NULL,
    message text NOT NULL,
    hash text NOT NULL
);

-- What is wanted now.
CREATE TABLE resources (
    kind text COLLATE "C" NOT NULL,
    namespace text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    uid uuid NOT NULL UNIQUE,
    labels jsonb NOT NULL,
    annotations jsonb NOT NULL,
    spec jsonb NOT NULL,
    generation bigint NOT NULL CHECK (generation > 0),
    revision bigint NOT NULL REFERENCES revisions,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    PRIMARY KEY (kind, namespace, name)
);

-- What every revision did: the whole resource as it then was, or nothing where the revision deleted it.
CREATE TABLE history (
    revision bigint NOT NULL REFERENCES revisions,
    position integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    namespace text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    resource jsonb,
    PRIMARY KEY (revision, position),
    UNIQUE (kind, namespace, name, revision)
);
