-- +goose Up
-- What somebody is expected to do about a post. A response window is kept as it
-- was said ("4h", "1d"); each addressee's own due is on their row of asks_owed.
CREATE TABLE asks (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    thread_id    @uuid NOT NULL,
    post_id      @uuid NOT NULL,
    asker_id     @uuid NOT NULL,
    kind         @text NOT NULL,
    text         TEXT NOT NULL,
    urgency      @text NOT NULL,
    reason       TEXT NOT NULL,
    otherwise    TEXT NOT NULL,
    time_window  @text NOT NULL,
    deadline     BIGINT,
    need         @text NOT NULL,
    choices      @json NOT NULL,
    silence      @text NOT NULL,
    silence_to   @uuid,
    state        @text NOT NULL,
    note         TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    extended_at  BIGINT,
    silent_at    BIGINT,
    settled_at   BIGINT,
    settled_by   @uuid,
    last_due     BIGINT,
    due_order    BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX asks_by_post ON asks (workspace_id, post_id, id);
CREATE INDEX asks_by_thread ON asks (workspace_id, thread_id, id);
-- "Owed to me", by the last due; an ask nobody can be reached for comes last.
CREATE INDEX asks_open_by_asker ON asks (workspace_id, asker_id, due_order, id) WHERE state = 'open';
CREATE INDEX asks_closed_by_asker ON asks (workspace_id, asker_id, settled_at, id) WHERE state <> 'open';

-- One ask seen from one addressee. Late is never stored. due_order is the due, or
-- the end of time where there is none, so that one index pages through all.
CREATE TABLE asks_owed (
    workspace_id @uuid NOT NULL,
    ask_id       @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    n            BIGINT NOT NULL,
    state        @text NOT NULL,
    state_before @text NOT NULL,
    in_stead     BOOLEAN NOT NULL,
    asked_at     BIGINT NOT NULL,
    reach        BIGINT,
    due          BIGINT,
    due_order    BIGINT NOT NULL,
    promised_at  BIGINT,
    answered_at  BIGINT,
    answer_value TEXT NOT NULL,
    answer_note  TEXT NOT NULL,
    answer_post  @uuid,
    reason       TEXT NOT NULL,
    passed_to    @uuid,
    passed_by    @uuid,
    reminded_at  BIGINT,
    changed_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, ask_id, person_id)
);
-- "I owe": what is open for one person, by their own due.
CREATE INDEX asks_owed_open ON asks_owed (workspace_id, person_id, due_order, ask_id)
    WHERE state IN ('waiting', 'acknowledged');
CREATE INDEX asks_owed_post ON asks_owed (workspace_id, answer_post) WHERE answer_post IS NOT NULL;

-- +goose Down
DROP TABLE asks_owed;
DROP TABLE asks;
