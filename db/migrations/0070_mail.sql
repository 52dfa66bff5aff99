-- +goose Up
-- What was written to people, and how far it came: sending, held (no mail server
-- is set), sent, failed, or waiting for another try.
CREATE TABLE mail_outbox (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    digest_id    @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    message_id   @text NOT NULL,
    address      TEXT NOT NULL,
    subject      TEXT NOT NULL,
    body_text    TEXT NOT NULL,
    body_html    TEXT NOT NULL,
    state        @text NOT NULL,
    tries        BIGINT NOT NULL,
    problem      TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, digest_id)
);
CREATE INDEX mail_outbox_newest ON mail_outbox (workspace_id, at, id);

-- The word by which a mail can be turned off from the mail program. It is looked
-- up before the workspace is known.
CREATE TABLE mail_tokens (
    token        @text PRIMARY KEY,
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    UNIQUE (workspace_id, person_id)
);

-- +goose Down
DROP TABLE mail_tokens;
DROP TABLE mail_outbox;
