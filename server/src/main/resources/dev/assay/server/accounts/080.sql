-- what people decided on all runs of a project, the newest first
CREATE INDEX ruling_by_time ON ruling (project, made, id)
