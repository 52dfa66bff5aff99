-- +goose Up
-- How many asks of a thread are open is counted for every thread of a list.
CREATE INDEX asks_open_by_thread ON asks (workspace_id, thread_id) WHERE state = 'open';

-- +goose Down
DROP INDEX asks_open_by_thread;
