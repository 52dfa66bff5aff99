-- +goose Up
-- One row for each thing that is to reach one person. deliver_at is NULL while
-- no hour of theirs is in sight. asked_at is when it was asked: the instant is
-- planned anew from it when a schedule changes.
CREATE TABLE attention_deliveries (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    deliver_at   BIGINT,
    asked_at     BIGINT NOT NULL,
    urgency      @text NOT NULL,
    kind         @text NOT NULL,
    ref_kind     @text NOT NULL,
    ref_id       @uuid NOT NULL,
    ask_id       @uuid,
    thread_id    @uuid,
    space_id     @uuid,
    who_id       @uuid,
    about_id     @uuid,
    due          BIGINT,
    dedup        @text NOT NULL,
    state        @text NOT NULL,
    digest_id    @uuid,
    settled_at   BIGINT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, dedup)
);
-- The one ordered pass over what is due reads this, across all workspaces.
CREATE INDEX attention_deliveries_due ON attention_deliveries (deliver_at, workspace_id, person_id, id) WHERE state = 'planned';
CREATE INDEX attention_deliveries_person ON attention_deliveries (workspace_id, person_id) WHERE state = 'planned';
CREATE INDEX attention_deliveries_ask ON attention_deliveries (workspace_id, ask_id, person_id);
CREATE INDEX attention_deliveries_digest ON attention_deliveries (workspace_id, digest_id) WHERE digest_id IS NOT NULL;

-- One bundle of deliveries, as it went out.
CREATE TABLE attention_digests (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    at           BIGINT NOT NULL,
    urgency      @text NOT NULL,
    items        BIGINT NOT NULL,
    mailed_at    BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX attention_digests_person ON attention_digests (workspace_id, person_id, at, id);

-- When silence speaks: the due of the last addressee of an ask whose silence means something.
CREATE TABLE attention_silences (
    workspace_id @uuid NOT NULL,
    ask_id       @uuid NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, ask_id)
);
CREATE INDEX attention_silences_at ON attention_silences (at);

-- What is for information: one row a person and thing (a thread, or an ask of one's own).
CREATE TABLE attention_items (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    about_id     @uuid NOT NULL,
    kind         @text NOT NULL,
    ref_kind     @text NOT NULL,
    ref_id       @uuid NOT NULL,
    ask_id       @uuid,
    thread_id    @uuid,
    space_id     @uuid,
    who_id       @uuid,
    posts        BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    delivered_at BIGINT,
    done_at      BIGINT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, person_id, about_id)
);
CREATE INDEX attention_items_open ON attention_items (workspace_id, person_id, changed_at, id) WHERE done_at IS NULL;

-- What a person put off: until an instant, or until somebody posts in the thread.
CREATE TABLE attention_snoozes (
    workspace_id @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    row_id       @uuid NOT NULL,
    until        BIGINT,
    reply_by     @uuid,
    thread_id    @uuid,
    PRIMARY KEY (workspace_id, person_id, row_id)
);
CREATE INDEX attention_snoozes_reply ON attention_snoozes (workspace_id, thread_id, reply_by) WHERE reply_by IS NOT NULL;

CREATE TABLE attention_settings (
    workspace_id       @uuid NOT NULL,
    person_id          @uuid NOT NULL,
    mail               BOOLEAN NOT NULL,
    page_outside_hours BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, person_id)
);

-- +goose Down
DROP TABLE attention_settings;
DROP TABLE attention_snoozes;
DROP TABLE attention_items;
DROP TABLE attention_silences;
DROP TABLE attention_digests;
DROP TABLE attention_deliveries;
