-- +goose Up
-- version counts the changes to an ask and its addressees: whoever knows a version
-- whole need not read it again. late_order is when the first of those who are still
-- expected to act is late, or the end of time.
ALTER TABLE asks ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE asks ADD COLUMN late_order BIGINT NOT NULL DEFAULT 4611686018427387904;
-- What somebody promised counts as their due, in the order of their inbox too.
UPDATE asks_owed SET due_order = promised_at WHERE state = 'acknowledged' AND promised_at IS NOT NULL;
UPDATE asks SET late_order = COALESCE((
    SELECT MIN(o.due_order) FROM asks_owed o
    WHERE o.workspace_id = asks.workspace_id AND o.ask_id = asks.id AND o.state IN ('waiting', 'acknowledged')), late_order)
WHERE state = 'open';
-- "Owed to me": what is late first, then by the last due.
DROP INDEX asks_open_by_asker;
CREATE INDEX asks_open_by_asker ON asks (workspace_id, asker_id, due_order, id, late_order) WHERE state = 'open';
CREATE INDEX asks_late_by_asker ON asks (workspace_id, asker_id, late_order, id) WHERE state = 'open';

-- +goose Down
DROP INDEX asks_late_by_asker;
DROP INDEX asks_open_by_asker;
CREATE INDEX asks_open_by_asker ON asks (workspace_id, asker_id, due_order, id) WHERE state = 'open';
ALTER TABLE asks DROP COLUMN late_order;
ALTER TABLE asks DROP COLUMN version;
