-- how much a project may have of something; what has no row is without end
CREATE TABLE quota (
  project TEXT COLLATE "C"    NOT NULL REFERENCES project (name),
  kind    TEXT COLLATE "C"    NOT NULL,
  most    BIGINT NOT NULL CHECK (most >= 0),
  PRIMARY KEY (project, kind)
);

-- what was told of how far it is used, for a day, or for as long as it is so
CREATE TABLE quota_told (
  project TEXT COLLATE "C"    NOT NULL REFERENCES project (name),
  kind    TEXT COLLATE "C"    NOT NULL,
  level   BIGINT NOT NULL,
  period  BIGINT NOT NULL,
  PRIMARY KEY (project, kind, level)
);

DO $$
DECLARE
  each text;
BEGIN
  FOREACH each IN ARRAY ARRAY['quota', 'quota_told'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', each);
    EXECUTE format('CREATE POLICY of_project ON %I USING ('
        || 'project = current_setting(''assay.project'', true)'
        || ' OR current_setting(''assay.project'', true) = ''*'')', each);
  END LOOP;
END
$$;
