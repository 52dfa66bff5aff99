-- +goose Up
-- What somebody did themselves, by when: read for that person alone.
CREATE INDEX event_log_actor ON event_log (workspace_id, actor_id, at) WHERE actor_id IS NOT NULL;

-- +goose Down
DROP INDEX event_log_actor;
