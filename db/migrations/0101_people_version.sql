-- +goose Up
-- version counts the changes to the names, handles, states and zones of a
-- workspace's people: names that were looked up are good as long as it stands.
ALTER TABLE people_workspaces ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE people_workspaces DROP COLUMN version;
