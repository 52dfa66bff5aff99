-- +goose Up
-- The ballot box of an anonymous decision. Its key is in no table: see docs/decisions/0015.
-- Nothing here has a time, an order or a person.
CREATE TABLE decisions_sealed_boxes (
    workspace_id @uuid NOT NULL,
    box_id       @uuid NOT NULL,
    state        @text NOT NULL,
    pages        BIGINT NOT NULL,
    places       BIGINT NOT NULL,
    ballot_bytes BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, box_id)
);
CREATE INDEX decisions_sealed_boxes_open ON decisions_sealed_boxes (workspace_id, box_id) WHERE state = 'open';

-- Pages of many ballots, each sealed as a whole and written anew with every ballot put into it.
CREATE TABLE decisions_sealed_pages (
    workspace_id @uuid NOT NULL,
    box_id       @uuid NOT NULL,
    n            BIGINT NOT NULL,
    sealed       @bytes NOT NULL,
    PRIMARY KEY (workspace_id, box_id, n)
);
-- only postgres
ALTER TABLE decisions_sealed_pages ALTER COLUMN sealed SET STORAGE EXTERNAL;
-- end only

-- What was opened, in the order of its own bytes.
CREATE TABLE decisions_sealed_opened (
    workspace_id @uuid NOT NULL,
    box_id       @uuid NOT NULL,
    n            BIGINT NOT NULL,
    ballot       @bytes NOT NULL,
    PRIMARY KEY (workspace_id, box_id, n)
);

-- The codes of the receipts, in the order of their own letters.
CREATE TABLE decisions_sealed_receipts (
    workspace_id @uuid NOT NULL,
    box_id       @uuid NOT NULL,
    n            BIGINT NOT NULL,
    code         @text NOT NULL,
    PRIMARY KEY (workspace_id, box_id, n)
);

-- +goose Down
DROP TABLE decisions_sealed_receipts;
DROP TABLE decisions_sealed_opened;
DROP TABLE decisions_sealed_pages;
DROP TABLE decisions_sealed_boxes;
