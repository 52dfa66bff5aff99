-- +goose Up
-- A digest may go out as several mails, one for each ask (part says which), and the
-- house writes letters of its own (kind): about is then what the letter is about, one
-- letter of a kind for each.
ALTER TABLE mail_outbox RENAME TO mail_outbox_before;
DROP INDEX mail_outbox_newest;
CREATE TABLE mail_outbox (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    kind         @text NOT NULL,
    digest_id    @uuid NOT NULL,
    part         @text NOT NULL,
    person_id    @uuid,
    message_id   @text NOT NULL,
    parent       TEXT NOT NULL,
    address      TEXT NOT NULL,
    subject      TEXT NOT NULL,
    body_text    TEXT NOT NULL,
    body_html    TEXT NOT NULL,
    reply_to     TEXT NOT NULL,
    state        @text NOT NULL,
    tries        BIGINT NOT NULL,
    problem      TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, digest_id, kind, part)
);
INSERT INTO mail_outbox (workspace_id, id, kind, digest_id, part, person_id, message_id, parent, address, subject, body_text, body_html, reply_to, state, tries, problem, created_at, at)
SELECT workspace_id, id, 'digest', digest_id, '', person_id, message_id, '', address, subject, body_text, body_html, '', state, tries, problem, created_at, at
FROM mail_outbox_before;
DROP TABLE mail_outbox_before;
CREATE INDEX mail_outbox_newest ON mail_outbox (workspace_id, at, id);

-- +goose Down
ALTER TABLE mail_outbox RENAME TO mail_outbox_after;
DROP INDEX mail_outbox_newest;
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
INSERT INTO mail_outbox (workspace_id, id, digest_id, person_id, message_id, address, subject, body_text, body_html, state, tries, problem, created_at, at)
SELECT workspace_id, id, digest_id, person_id, message_id, address, subject, body_text, body_html, state, tries, problem, created_at, at
FROM mail_outbox_after WHERE kind = 'digest' AND part = '';
DROP TABLE mail_outbox_after;
CREATE INDEX mail_outbox_newest ON mail_outbox (workspace_id, at, id);
