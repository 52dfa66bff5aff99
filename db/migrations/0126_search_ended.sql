-- +goose Up
-- only sqlite
-- What has a conclusion comes first, and is found in an index of its own: among all
-- that is said it would have to be looked for. The index is made anew from the log.
CREATE VIRTUAL TABLE search_ended USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');
INSERT INTO search_words (search_words) VALUES ('delete-all');
DELETE FROM search_docs;
DELETE FROM event_cursors WHERE follower = 'search';
-- end only
-- only postgres
SELECT 1;
-- end only

-- +goose Down
-- only sqlite
INSERT INTO search_words (search_words) VALUES ('delete-all');
DELETE FROM search_docs;
DELETE FROM event_cursors WHERE follower = 'search';
DROP TABLE search_ended;
-- end only
-- only postgres
SELECT 1;
-- end only
