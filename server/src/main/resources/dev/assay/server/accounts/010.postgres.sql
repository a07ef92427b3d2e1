CREATE TABLE alias (
  id     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind   TEXT COLLATE "C" NOT NULL CHECK (kind IN ('name', 'address')),
  owner  TEXT COLLATE "C" NOT NULL,
  salt   TEXT COLLATE "C",
  value  TEXT COLLATE "C",
  erased BIGINT,
  CHECK ((erased IS NULL) = (value IS NOT NULL) AND (value IS NULL) = (salt IS NULL))
);

CREATE UNIQUE INDEX alias_by_value ON alias (kind, value, owner) WHERE value IS NOT NULL;

CREATE TABLE audit (
  sequence BIGINT           NOT NULL PRIMARY KEY,
  body     TEXT COLLATE "C" NOT NULL,
  hash     TEXT COLLATE "C" NOT NULL,
  actor    TEXT COLLATE "C" GENERATED ALWAYS AS (body::jsonb ->> 'actor') STORED,
  action   TEXT COLLATE "C" GENERATED ALWAYS AS (body::jsonb ->> 'action') STORED,
  project  TEXT COLLATE "C" GENERATED ALWAYS AS (body::jsonb ->> 'project') STORED,
  target   TEXT COLLATE "C" GENERATED ALWAYS AS (body::jsonb ->> 'target') STORED
);

CREATE INDEX audit_by_project ON audit (project, sequence);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: %', TG_ARGV[0];
END
$$;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only('an entry is never changed');

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only('an entry is never deleted');

CREATE TRIGGER audit_is_never_cut_off BEFORE TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only('an entry is never deleted');

ALTER TABLE member ADD COLUMN disabled BIGINT NOT NULL DEFAULT 0;

-- Each log-in is of a generation; whoever must go at once gets the next one.
ALTER TABLE member ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;

CREATE TABLE invitation (
  hash    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind    TEXT COLLATE "C" NOT NULL CHECK (kind IN ('JOIN', 'PASSWORD')),
  maker   TEXT COLLATE "C" NOT NULL,
  member  TEXT COLLATE "C",
  owner   BIGINT           NOT NULL,
  project TEXT COLLATE "C" REFERENCES project (name),
  role    TEXT COLLATE "C" CHECK (role IN ('VIEWER', 'DEVELOPER', 'OPERATOR', 'ADMIN')),
  created BIGINT           NOT NULL,
  expires BIGINT           NOT NULL
)
