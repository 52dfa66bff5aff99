-- +goose Up
-- News of threads and what became of asks stand in different tabs: each has its own order.
DROP INDEX attention_items_open;
CREATE INDEX attention_items_threads ON attention_items (workspace_id, person_id, changed_at, id) WHERE done_at IS NULL AND ask_id IS NULL;
CREATE INDEX attention_items_asks ON attention_items (workspace_id, person_id, changed_at, id) WHERE done_at IS NULL AND ask_id IS NOT NULL;

-- +goose Down
DROP INDEX attention_items_asks;
DROP INDEX attention_items_threads;
CREATE INDEX attention_items_open ON attention_items (workspace_id, person_id, changed_at, id) WHERE done_at IS NULL;
