-- +goose Up
-- What somebody was asked and need not answer any more, by when that came to be:
-- whoever comes back from an absence is told what others did in the meantime.
CREATE INDEX asks_owed_ended ON asks_owed (workspace_id, person_id, changed_at, ask_id) WHERE state = 'released';

-- +goose Down
DROP INDEX asks_owed_ended;
