CREATE TABLE entry (
  tenant   text              NOT NULL,
  sequence bigint            NOT NULL,
  run      text COLLATE "C"  NOT NULL,
  body     bytea             NOT NULL,
  hash     bytea             NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant, sequence)
);

CREATE INDEX entry_by_run ON entry (tenant, run, sequence);

CREATE TABLE run (
  tenant  text              NOT NULL,
  id      text COLLATE "C"  NOT NULL,
  opened  bigint            NOT NULL,
  closed  bigint,
  entries bigint            NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, opened) REFERENCES entry (tenant, sequence),
  FOREIGN KEY (tenant, closed) REFERENCES entry (tenant, sequence)
);

CREATE UNIQUE INDEX run_by_opened ON run (tenant, opened);

CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: %', TG_ARGV[0];
END
$$;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE OR DELETE ON entry
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only('an entry is never changed or deleted');

CREATE TRIGGER entries_are_never_cut_off BEFORE TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only('entries are never deleted');

CREATE TRIGGER run_is_never_deleted BEFORE DELETE ON run
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only('a run is never deleted');

CREATE TRIGGER runs_are_never_cut_off BEFORE TRUNCATE ON run
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only('runs are never deleted');

CREATE TRIGGER run_keeps_its_name BEFORE UPDATE OF tenant, id, opened ON run
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only('a run is never renamed');

-- Whoever forgets to say for which tenant it asks sees nothing, also as the owner of the tables.
ALTER TABLE entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE entry FORCE ROW LEVEL SECURITY;
CREATE POLICY entry_of_tenant ON entry
  USING (tenant = current_setting('assay.tenant', true))
  WITH CHECK (tenant = current_setting('assay.tenant', true));

ALTER TABLE run ENABLE ROW LEVEL SECURITY;
ALTER TABLE run FORCE ROW LEVEL SECURITY;
CREATE POLICY run_of_tenant ON run
  USING (tenant = current_setting('assay.tenant', true))
  WITH CHECK (tenant = current_setting('assay.tenant', true));
