-- how far the ledger of a project is counted, and what it has: -1 for one that was there before
-- anything was counted; stale where something was erased since
CREATE TABLE used (
  project  TEXT COLLATE "C"    NOT NULL PRIMARY KEY REFERENCES project (name),
  counted  BIGINT NOT NULL,
  runs     BIGINT NOT NULL,
  entries  BIGINT NOT NULL,
  evidence BIGINT NOT NULL,
  stale    BIGINT NOT NULL
);

INSERT INTO used SELECT name, -1, 0, 0, 0, 0 FROM project;

-- what came on a day, in days since 1970
CREATE TABLE used_day (
  project   TEXT COLLATE "C"    NOT NULL REFERENCES project (name),
  day       BIGINT NOT NULL,
  runs      BIGINT NOT NULL,
  entries   BIGINT NOT NULL,
  evidence  BIGINT NOT NULL,
  artifacts BIGINT NOT NULL,
  requests  BIGINT NOT NULL,
  refused   BIGINT NOT NULL,
  PRIMARY KEY (project, day)
);

-- artifacts that are being stored, and are counted once they are
CREATE TABLE used_arriving (
  project TEXT COLLATE "C" NOT NULL REFERENCES project (name),
  sha256  TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (project, sha256)
);

DO $$
DECLARE
  each text;
BEGIN
  FOREACH each IN ARRAY ARRAY['used', 'used_day', 'used_arriving'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', each);
    EXECUTE format('CREATE POLICY of_project ON %I USING ('
        || 'project = current_setting(''assay.project'', true)'
        || ' OR current_setting(''assay.project'', true) = ''*'')', each);
  END LOOP;
END
$$;
