-- +goose Up
-- Accounts, sessions and the setup link belong to no workspace: one sign-in may serve several.
CREATE TABLE auth_accounts (
    account_id @uuid PRIMARY KEY,
    email      @text NOT NULL UNIQUE,
    password   TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Which person of which workspace an account is.
CREATE TABLE auth_members (
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    account_id   @uuid NOT NULL REFERENCES auth_accounts (account_id),
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, person_id)
);
CREATE UNIQUE INDEX auth_members_account ON auth_members (account_id, workspace_id);

-- Browser sessions and the bearer tokens of programs. Only hashes are kept.
CREATE TABLE auth_sessions (
    session_id   @uuid PRIMARY KEY,
    hash         @bytes NOT NULL UNIQUE,
    bearer       BOOLEAN NOT NULL,
    name         TEXT NOT NULL,
    account_id   @uuid NOT NULL REFERENCES auth_accounts (account_id),
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    created_at   BIGINT NOT NULL,
    used_at      BIGINT NOT NULL,
    expires_at   BIGINT
);
CREATE INDEX auth_sessions_account ON auth_sessions (account_id, bearer, session_id);
CREATE INDEX auth_sessions_person ON auth_sessions (workspace_id, person_id);
CREATE INDEX auth_sessions_expiry ON auth_sessions (expires_at);

CREATE TABLE auth_invitations (
    workspace_id  @uuid NOT NULL,
    invitation_id @uuid NOT NULL,
    hash          @bytes NOT NULL UNIQUE,
    email         @text NOT NULL,
    name          TEXT NOT NULL,
    role          @text NOT NULL,
    spaces        @json NOT NULL,
    guest_until   BIGINT,
    inviter_id    @uuid NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    used_at       BIGINT,
    used_by       @uuid,
    PRIMARY KEY (workspace_id, invitation_id)
);

-- One row at most: the newest setup link, and whether it was used.
CREATE TABLE auth_setup (
    one        BIGINT PRIMARY KEY,
    hash       @bytes NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT
);

-- +goose Down
DROP TABLE auth_setup;
DROP TABLE auth_invitations;
DROP TABLE auth_sessions;
DROP TABLE auth_members;
DROP TABLE auth_accounts;
