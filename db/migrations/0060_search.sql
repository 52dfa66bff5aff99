-- +goose Up
-- What can be found. doc is the moment of the thing in microseconds, made unique:
-- the newest hits are those with the greatest numbers, without sorting.
CREATE TABLE search_docs (
    workspace_id @uuid NOT NULL,
    doc          BIGINT NOT NULL,
    kind         @text NOT NULL,
    ref_id       @uuid NOT NULL,
    space_id     @uuid,
    thread_id    @uuid,
    author_id    @uuid,
    concluded    BOOLEAN NOT NULL,
    title        TEXT NOT NULL,
    body         TEXT NOT NULL,
-- only postgres
    words        TSVECTOR NOT NULL,
-- end only
    PRIMARY KEY (workspace_id, doc)
);
CREATE UNIQUE INDEX search_docs_ref ON search_docs (workspace_id, kind, ref_id);
CREATE INDEX search_docs_thread ON search_docs (workspace_id, thread_id);
-- only postgres
CREATE INDEX search_docs_words ON search_docs USING GIN (words);
-- end only
-- only sqlite
CREATE UNIQUE INDEX search_docs_doc ON search_docs (doc);
-- The index alone, of words already cut and folded: the ascii tokenizer cuts them
-- at spaces and leaves every other script's letters as they are. owner holds the
-- workspace, so that one workspace's common words cost another nothing.
CREATE VIRTUAL TABLE search_words USING fts5(owner, words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');
-- end only

-- +goose Down
-- only sqlite
DROP TABLE search_words;
-- end only
DROP TABLE search_docs;
