-- +goose Up
-- Keys that the server made for itself: with them reply addresses, links and mails are signed.
CREATE TABLE mail_secrets (
    name       @text PRIMARY KEY,
    secret     @bytes NOT NULL,
    created_at BIGINT NOT NULL
);

-- What a signed reply address or link names: one mail to one person, or one person's
-- own address of a space. It is looked up before the workspace is known.
CREATE TABLE mail_names (
    name         BIGINT PRIMARY KEY,
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    mail_id      @uuid,
    space_id     @uuid,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT
);
CREATE UNIQUE INDEX mail_names_mail ON mail_names (workspace_id, mail_id) WHERE mail_id IS NOT NULL;
CREATE UNIQUE INDEX mail_names_space ON mail_names (workspace_id, space_id, person_id) WHERE space_id IS NOT NULL;
CREATE INDEX mail_names_person ON mail_names (workspace_id, person_id);
CREATE INDEX mail_names_expiry ON mail_names (expires_at) WHERE expires_at IS NOT NULL;

-- The lines of a mail that can be answered. A number is never given to another thing,
-- however often the mail is written anew.
CREATE TABLE mail_lines (
    workspace_id @uuid NOT NULL,
    mail_id      @uuid NOT NULL,
    n            BIGINT NOT NULL,
    kind         @text NOT NULL,
    ref_id       @uuid NOT NULL,
    PRIMARY KEY (workspace_id, mail_id, n)
);

-- Mail as it came in by any door, one row a recipient; its bytes are kept as a file.
-- It belongs to no workspace until it was read.
CREATE TABLE mail_received (
    id           @uuid PRIMARY KEY,
    dedup        @text NOT NULL UNIQUE,
    door         @text NOT NULL,
    recipient    TEXT NOT NULL,
    sender       TEXT NOT NULL,
    from_address TEXT NOT NULL,
    message_id   @text NOT NULL,
    subject      TEXT NOT NULL,
    blob         @text NOT NULL,
    size         BIGINT NOT NULL,
    state        @text NOT NULL,
    outcome      TEXT NOT NULL,
    workspace_id @uuid,
    person_id    @uuid,
    ref_kind     @text NOT NULL,
    ref_id       @uuid,
    thread_id    @uuid,
    post_id      @uuid,
    received_at  BIGINT NOT NULL,
    ended_at     BIGINT,
    forget_at    BIGINT
);
CREATE INDEX mail_received_post ON mail_received (workspace_id, post_id) WHERE post_id IS NOT NULL;
CREATE INDEX mail_received_thread ON mail_received (workspace_id, thread_id, person_id, id) WHERE thread_id IS NOT NULL;
CREATE INDEX mail_received_held ON mail_received (workspace_id, person_id, id) WHERE state = 'held';
CREATE INDEX mail_received_message ON mail_received (message_id);
CREATE INDEX mail_received_blob ON mail_received (blob);
CREATE INDEX mail_received_forget ON mail_received (forget_at) WHERE forget_at IS NOT NULL;

-- Who was told lately that their mail was not taken, so that two machines that answer
-- each other fall silent.
CREATE TABLE mail_refused (
    address @text PRIMARY KEY,
    at      BIGINT NOT NULL
);

-- Other addresses that people said are theirs too.
CREATE TABLE mail_aliases (
    workspace_id @uuid NOT NULL,
    address      @text NOT NULL,
    person_id    @uuid NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, address)
);
CREATE INDEX mail_aliases_person ON mail_aliases (workspace_id, person_id);
CREATE INDEX mail_aliases_address ON mail_aliases (address);

-- How mail to an address fares: what came back, and since when nothing is sent there.
CREATE TABLE mail_standing (
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    address      TEXT NOT NULL,
    soft         BIGINT NOT NULL,
    soft_since   BIGINT,
    soft_last    BIGINT,
    paused_at    BIGINT,
    why          TEXT NOT NULL,
    PRIMARY KEY (workspace_id, person_id)
);

-- +goose Down
DROP TABLE mail_standing;
DROP TABLE mail_aliases;
DROP TABLE mail_refused;
DROP TABLE mail_received;
DROP TABLE mail_lines;
DROP TABLE mail_names;
DROP TABLE mail_secrets;
