-- Whoever forgets to say for which project it asks sees nothing, also as the owner of the tables;
-- '*' is what the server does for all of them. A project is never called so.
DO $$
DECLARE
  each text;
BEGIN
  FOREACH each IN ARRAY ARRAY['project_key', 'webhook', 'retention', 'quarantine',
      'failure_owner', 'observe_document', 'ruling', 'ruling_rule'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', each);
    EXECUTE format('CREATE POLICY of_project ON %I USING ('
        || 'project = current_setting(''assay.project'', true)'
        || ' OR current_setting(''assay.project'', true) = ''*'')', each);
  END LOOP;
END
$$;

-- A delivery is of the project of its webhook, which the policy above shows or not.
ALTER TABLE delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY of_project ON delivery
  USING (EXISTS (SELECT 1 FROM webhook WHERE webhook.id = delivery.webhook));

-- So is a withdrawal of the project of what it withdraws.
ALTER TABLE ruling_withdrawal ENABLE ROW LEVEL SECURITY;
ALTER TABLE ruling_withdrawal FORCE ROW LEVEL SECURITY;
CREATE POLICY of_project ON ruling_withdrawal
  USING (EXISTS (SELECT 1 FROM ruling WHERE ruling.id = ruling_withdrawal.ruling));
