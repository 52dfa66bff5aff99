-- +goose Up
-- Who was invited from outside to take part in one decision, and is not here yet. Whom an
-- invitation is made out to stands with the invitation, and nowhere else.
CREATE TABLE decisions_guests (
    workspace_id  @uuid NOT NULL,
    invitation_id @uuid NOT NULL,
    decision_id   @uuid NOT NULL,
    mailed        BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, invitation_id)
);
CREATE INDEX decisions_guests_decision ON decisions_guests (workspace_id, decision_id, invitation_id);

-- +goose Down
DROP TABLE decisions_guests;
