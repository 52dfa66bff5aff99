-- +goose Up
-- The index is made anew from the log, in a narrower form: it says where a thing
-- is, and its text is read where it is kept. doc is the moment of the thing, finer
-- than microseconds, so that it is unique: the newest hits are those with the
-- greatest numbers, without sorting.
-- only sqlite
DROP TABLE search_words;
-- end only
DROP TABLE search_docs;
CREATE TABLE search_docs (
-- only sqlite
    doc          INTEGER PRIMARY KEY,
    workspace_id @uuid NOT NULL,
-- end only
-- only postgres
    workspace_id @uuid NOT NULL,
    doc          BIGINT NOT NULL,
-- end only
    kind         @text NOT NULL,
    ref_id       @uuid NOT NULL,
    space_id     @uuid,
    thread_id    @uuid,
    author_id    @uuid,
    concluded    BOOLEAN NOT NULL
-- only postgres
    , words      TSVECTOR NOT NULL
    , PRIMARY KEY (workspace_id, doc)
-- end only
);
CREATE UNIQUE INDEX search_docs_ref ON search_docs (workspace_id, ref_id);
CREATE INDEX search_docs_thread ON search_docs (workspace_id, thread_id);
-- only postgres
CREATE INDEX search_docs_concluded ON search_docs (workspace_id, doc) WHERE concluded;
CREATE INDEX search_docs_words ON search_docs USING GIN (words) WITH (gin_pending_list_limit = 1024);
-- end only
-- only sqlite
-- The index alone, of words already cut and folded: the ascii tokenizer cuts them
-- at spaces and leaves every other script's letters as they are. Among the words
-- are marks, which no text can hold: of the workspace, the space, the author.
CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3');
-- What one transaction writes is sorted in memory, up to so many bytes.
INSERT INTO search_words (search_words, rank) VALUES ('hashsize', 8388608);
-- Pieces are joined eight at a time: each word is rewritten less often than with four.
INSERT INTO search_words (search_words, rank) VALUES ('automerge', 8);
-- end only

-- Every word of more than three letters that was ever indexed, so that a beginning
-- of a word can be asked for as the few words that it begins.
CREATE TABLE search_terms (
    workspace_id @uuid NOT NULL,
    term         @text NOT NULL,
    PRIMARY KEY (workspace_id, term)
)
-- only sqlite
WITHOUT ROWID
-- end only
;
DELETE FROM event_cursors WHERE follower = 'search';

-- +goose Down
DROP TABLE search_terms;
-- only sqlite
DROP TABLE search_words;
-- end only
DROP TABLE search_docs;
