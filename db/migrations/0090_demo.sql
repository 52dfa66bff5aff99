-- +goose Up
-- How far the demo's clock is ahead of the machine's, in microseconds.
CREATE TABLE demo_clock (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    ahead      BIGINT NOT NULL
);

-- +goose Down
DROP TABLE demo_clock;
