-- +goose Up
-- version counts the changes to what stands in a thread already: an edit, a
-- reaction, a pin, an ask made on a post. Together with last_n, which counts what
-- is new, it says which state of the thread a rendered page was made from.
ALTER TABLE spaces_threads ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
-- How many posts were edited since somebody read a thread.
CREATE INDEX spaces_posts_edited ON spaces_posts (workspace_id, thread_id, edited_at, n) WHERE edited_at IS NOT NULL;
UPDATE spaces_threads SET version = 1 WHERE EXISTS (
    SELECT 1 FROM spaces_posts p
    WHERE p.workspace_id = spaces_threads.workspace_id AND p.thread_id = spaces_threads.id AND p.edited_at IS NOT NULL);

-- +goose Down
DROP INDEX spaces_posts_edited;
ALTER TABLE spaces_threads DROP COLUMN version;
