-- +goose Up
-- Few mute a thread that many follow; who did is found without reading the others.
CREATE INDEX spaces_positions_muted ON spaces_positions (workspace_id, thread_id, person_id) WHERE muted_at IS NOT NULL;

-- +goose Down
DROP INDEX spaces_positions_muted;
