-- +goose Up
-- What a process (a check-in, a decision) expects of people is an ask that is held by
-- a thing of its own: it is answered there, at held_path. quiet is 1 when its asker is
-- neither told of each answer nor shown who has not given one.
ALTER TABLE asks ADD COLUMN held_kind @text NOT NULL DEFAULT '';
ALTER TABLE asks ADD COLUMN held_id @uuid;
ALTER TABLE asks ADD COLUMN held_path TEXT NOT NULL DEFAULT '';
ALTER TABLE asks ADD COLUMN quiet BIGINT NOT NULL DEFAULT 0;
CREATE INDEX asks_held ON asks (workspace_id, held_id, id) WHERE held_id IS NOT NULL;
DROP INDEX asks_open_by_asker;
DROP INDEX asks_late_by_asker;
DROP INDEX asks_closed_by_asker;
CREATE INDEX asks_open_by_asker ON asks (workspace_id, asker_id, due_order, id, late_order) WHERE state = 'open' AND quiet = 0;
CREATE INDEX asks_late_by_asker ON asks (workspace_id, asker_id, late_order, id) WHERE state = 'open' AND quiet = 0;
CREATE INDEX asks_closed_by_asker ON asks (workspace_id, asker_id, settled_at, id) WHERE state <> 'open' AND quiet = 0;

-- +goose Down
DROP INDEX asks_open_by_asker;
DROP INDEX asks_late_by_asker;
DROP INDEX asks_closed_by_asker;
CREATE INDEX asks_open_by_asker ON asks (workspace_id, asker_id, due_order, id, late_order) WHERE state = 'open';
CREATE INDEX asks_late_by_asker ON asks (workspace_id, asker_id, late_order, id) WHERE state = 'open';
CREATE INDEX asks_closed_by_asker ON asks (workspace_id, asker_id, settled_at, id) WHERE state <> 'open';
DROP INDEX asks_held;
ALTER TABLE asks DROP COLUMN quiet;
ALTER TABLE asks DROP COLUMN held_path;
ALTER TABLE asks DROP COLUMN held_id;
ALTER TABLE asks DROP COLUMN held_kind;
