-- +goose Up
-- Since when whoever a check-in is asked in the name of cannot hold it any more: they
-- left the workspace or its space, or became a guest. It goes on.
ALTER TABLE checkins ADD COLUMN left_at BIGINT;
CREATE INDEX checkins_owner ON checkins (workspace_id, owner_id, id);

-- +goose Down
DROP INDEX checkins_owner;
ALTER TABLE checkins DROP COLUMN left_at;
