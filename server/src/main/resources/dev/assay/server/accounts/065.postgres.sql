CREATE TABLE ruling (
  id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  project   TEXT COLLATE "C" NOT NULL REFERENCES project (name),
  run       TEXT COLLATE "C" NOT NULL,
  statement TEXT COLLATE "C" NOT NULL,
  made      BIGINT           NOT NULL
);

CREATE INDEX ruling_by_run ON ruling (project, run, made);

CREATE TABLE ruling_withdrawal (
  ruling    TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES ruling (id) ON DELETE CASCADE,
  statement TEXT COLLATE "C" NOT NULL
);

CREATE FUNCTION ruling_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was decided is never changed, only withdrawn';
END
$$;

CREATE TRIGGER ruling_is_never_changed BEFORE UPDATE ON ruling
  FOR EACH ROW EXECUTE FUNCTION ruling_is_never_changed();

CREATE TRIGGER ruling_withdrawal_is_never_changed BEFORE UPDATE ON ruling_withdrawal
  FOR EACH ROW EXECUTE FUNCTION ruling_is_never_changed();

CREATE TABLE ruling_rule (
  project       TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES project (name),
  needed        BIGINT           NOT NULL CHECK (needed BETWEEN 1 AND 5),
  override_days BIGINT           NOT NULL CHECK (override_days BETWEEN 1 AND 90),
  approval_days BIGINT           NOT NULL CHECK (approval_days BETWEEN 1 AND 365)
)
