-- +goose Up
CREATE TABLE spaces_spaces (
    workspace_id    @uuid NOT NULL,
    id              @uuid NOT NULL,
    name            @text NOT NULL,
    handle          @text NOT NULL,
    purpose         TEXT NOT NULL,
    private         BOOLEAN NOT NULL,
    color           @text NOT NULL,
    window_default  @text NOT NULL,
    window_shortest @text NOT NULL,
    created_by      @uuid,
    created_at      BIGINT NOT NULL,
    archived_at     BIGINT,
    ext_key         @text,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX spaces_spaces_handle ON spaces_spaces (workspace_id, handle);
CREATE UNIQUE INDEX spaces_spaces_ext ON spaces_spaces (workspace_id, ext_key) WHERE ext_key IS NOT NULL;

-- leads marks who may change the space; whoever opened it does.
CREATE TABLE spaces_members (
    workspace_id @uuid NOT NULL,
    space_id     @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    leads        BOOLEAN NOT NULL,
    added_by     @uuid,
    added_at     BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, space_id, person_id)
);
CREATE INDEX spaces_members_person ON spaces_members (workspace_id, person_id, space_id);

-- last_n is the number of the newest post or note; base_n is the number up to
-- which everything counts as read for everybody (what an import brought).
CREATE TABLE spaces_threads (
    workspace_id        @uuid NOT NULL,
    id                  @uuid NOT NULL,
    space_id            @uuid NOT NULL,
    title               @text NOT NULL,
    purpose             TEXT NOT NULL,
    opened_by           @uuid,
    opened_at           BIGINT NOT NULL,
    last_post_at        BIGINT NOT NULL,
    last_n              BIGINT NOT NULL,
    base_n              BIGINT NOT NULL,
    posts               BIGINT NOT NULL,
    conclusion_markdown TEXT NOT NULL,
    conclusion_html     TEXT NOT NULL,
    concluded_by        @uuid,
    concluded_at        BIGINT,
    pinned_at           BIGINT,
    ext_key             @text,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX spaces_threads_active ON spaces_threads (workspace_id, last_post_at, id);
CREATE INDEX spaces_threads_space ON spaces_threads (workspace_id, space_id, last_post_at, id);
CREATE UNIQUE INDEX spaces_threads_ext ON spaces_threads (workspace_id, ext_key) WHERE ext_key IS NOT NULL;

-- n counts within the thread from 1, in the order of posting. kind is post, or
-- note: a line that the house wrote about a change of the thread.
CREATE TABLE spaces_posts (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    thread_id    @uuid NOT NULL,
    n            BIGINT NOT NULL,
    kind         @text NOT NULL,
    author_id    @uuid,
    markdown     TEXT NOT NULL,
    html         TEXT NOT NULL,
    mentions     @json NOT NULL,
    info         BOOLEAN NOT NULL,
    created_at   BIGINT NOT NULL,
    edited_at    BIGINT,
    revisions    BIGINT NOT NULL,
    deleted_at   BIGINT,
    pinned_at    BIGINT,
    ext_key      @text,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX spaces_posts_thread ON spaces_posts (workspace_id, thread_id, n);
CREATE UNIQUE INDEX spaces_posts_ext ON spaces_posts (workspace_id, ext_key) WHERE ext_key IS NOT NULL;

-- What a post said before each edit.
CREATE TABLE spaces_revisions (
    workspace_id @uuid NOT NULL,
    post_id      @uuid NOT NULL,
    n            BIGINT NOT NULL,
    markdown     TEXT NOT NULL,
    html         TEXT NOT NULL,
    by_id        @uuid,
    at           BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, post_id, n)
);

CREATE TABLE spaces_reactions (
    workspace_id @uuid NOT NULL,
    post_id      @uuid NOT NULL,
    emoji        @text NOT NULL,
    person_id    @uuid NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, post_id, emoji, person_id)
);

-- One person and one thread: whether they follow, mute or keep it, and how far
-- they have read. unfollowed_at remembers a no, so that a mention does not undo it.
CREATE TABLE spaces_positions (
    workspace_id  @uuid NOT NULL,
    thread_id     @uuid NOT NULL,
    person_id     @uuid NOT NULL,
    followed_at   BIGINT,
    unfollowed_at BIGINT,
    muted_at      BIGINT,
    saved_at      BIGINT,
    read_n        BIGINT NOT NULL,
    read_at       BIGINT,
    PRIMARY KEY (workspace_id, thread_id, person_id)
);
CREATE INDEX spaces_positions_person ON spaces_positions (workspace_id, person_id, thread_id);

-- A finished file. It belongs to its owner alone until it hangs on a post; sweep_at
-- is when it goes if it then still does not.
CREATE TABLE spaces_files (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    owner_id     @uuid,
    post_id      @uuid,
    place        BIGINT NOT NULL,
    name         @text NOT NULL,
    type         @text NOT NULL,
    size         BIGINT NOT NULL,
    sha256       @text NOT NULL,
    created_at   BIGINT NOT NULL,
    sweep_at     BIGINT,
    ext_key      @text,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX spaces_files_post ON spaces_files (workspace_id, post_id, place) WHERE post_id IS NOT NULL;
CREATE INDEX spaces_files_sweep ON spaces_files (sweep_at) WHERE sweep_at IS NOT NULL;
CREATE UNIQUE INDEX spaces_files_ext ON spaces_files (workspace_id, ext_key) WHERE ext_key IS NOT NULL;

-- A file on its way; its parts lie side by side until the last has come.
CREATE TABLE spaces_uploads (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    owner_id     @uuid NOT NULL,
    name         @text NOT NULL,
    type         @text NOT NULL,
    size         BIGINT NOT NULL,
    received     BIGINT NOT NULL,
    parts        BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX spaces_uploads_owner ON spaces_uploads (workspace_id, owner_id);
CREATE INDEX spaces_uploads_expiry ON spaces_uploads (expires_at);

-- A part is entered before its bytes are written, so that none lies on the disk that
-- nobody knows of; size is NULL until they are.
CREATE TABLE spaces_parts (
    workspace_id @uuid NOT NULL,
    upload_id    @uuid NOT NULL,
    id           @uuid NOT NULL,
    at_byte      BIGINT NOT NULL,
    size         BIGINT,
    PRIMARY KEY (workspace_id, upload_id, id)
);

-- +goose Down
DROP TABLE spaces_parts;
DROP TABLE spaces_uploads;
DROP TABLE spaces_files;
DROP TABLE spaces_positions;
DROP TABLE spaces_reactions;
DROP TABLE spaces_revisions;
DROP TABLE spaces_posts;
DROP TABLE spaces_threads;
DROP TABLE spaces_members;
DROP TABLE spaces_spaces;
