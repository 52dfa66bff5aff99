-- +goose Up
-- The duty rota of a team. looked_at is up to when handovers and gaps were told of,
-- look_at when to look next: one pulse reads it across all workspaces.
CREATE TABLE duty_rotas (
    workspace_id @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    keeper_id    @uuid NOT NULL,
    always       BOOLEAN NOT NULL,
    version      BIGINT NOT NULL,
    looked_at    BIGINT NOT NULL,
    look_at      BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    changed_by   @uuid,
    PRIMARY KEY (workspace_id, team_id)
);
CREATE INDEX duty_rotas_look ON duty_rotas (look_at, workspace_id, team_id);

-- A layer of a rota: people who take turns of so many days, handed over at a wall-clock
-- time in a zone, on duty at all hours or at those given.
CREATE TABLE duty_layers (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    n            BIGINT NOT NULL,
    name         @text NOT NULL,
    zone         @text NOT NULL,
    start_date   @text NOT NULL,
    handover     BIGINT NOT NULL,
    days         BIGINT NOT NULL,
    people       @json NOT NULL,
    hours        @json NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX duty_layers_team ON duty_layers (workspace_id, team_id, n);

-- Somebody covers a layer for once; of two, the later one counts.
CREATE TABLE duty_covers (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    layer_id     @uuid NOT NULL,
    person_id    @uuid NOT NULL,
    from_at      BIGINT NOT NULL,
    to_at        BIGINT NOT NULL,
    reason       TEXT NOT NULL,
    made_by      @uuid NOT NULL,
    made_at      BIGINT NOT NULL,
    swap_id      @uuid,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX duty_covers_team ON duty_covers (workspace_id, team_id, to_at, id);

-- One person offers another their time on duty, perhaps for some of the other's.
CREATE TABLE duty_swaps (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    layer_id     @uuid NOT NULL,
    asker_id     @uuid NOT NULL,
    other_id     @uuid NOT NULL,
    from_at      BIGINT NOT NULL,
    to_at        BIGINT NOT NULL,
    back_from    BIGINT,
    back_to      BIGINT,
    note         TEXT NOT NULL,
    state        @text NOT NULL,
    made_at      BIGINT NOT NULL,
    decided_at   BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX duty_swaps_team ON duty_swaps (workspace_id, team_id, made_at, id);

-- Each change of who is on duty, from when it was first in sight: the note that is
-- asked of whoever leaves and shown to whoever comes.
CREATE TABLE duty_handovers (
    workspace_id @uuid NOT NULL,
    id           @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    at           BIGINT NOT NULL,
    from_id      @uuid NOT NULL,
    to_id        @uuid NOT NULL,
    asked_at     BIGINT,
    begun_at     BIGINT,
    written_at   BIGINT,
    going_on     TEXT NOT NULL,
    watch        TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, team_id, at, from_id, to_id)
);
CREATE INDEX duty_handovers_from ON duty_handovers (workspace_id, from_id, at) WHERE written_at IS NULL;

-- The gaps that were warned of, so that each is told once.
CREATE TABLE duty_gaps (
    workspace_id @uuid NOT NULL,
    team_id      @uuid NOT NULL,
    from_at      BIGINT NOT NULL,
    told_at      BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, team_id, from_at)
);

-- +goose Down
DROP TABLE duty_gaps;
DROP TABLE duty_handovers;
DROP TABLE duty_swaps;
DROP TABLE duty_covers;
DROP TABLE duty_layers;
DROP TABLE duty_rotas;
