CREATE TABLE heard_run (
  project TEXT COLLATE "C" NOT NULL REFERENCES project (name),
  run     TEXT COLLATE "C" NOT NULL,
  heard   BIGINT           NOT NULL,
  again   BIGINT           NOT NULL,
  silent  BIGINT           NOT NULL CHECK (silent IN (0, 1)),
  PRIMARY KEY (project, run)
);

ALTER TABLE heard_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE heard_run FORCE ROW LEVEL SECURITY;
CREATE POLICY of_project ON heard_run
  USING (project = current_setting('assay.project', true)
    OR current_setting('assay.project', true) = '*');
