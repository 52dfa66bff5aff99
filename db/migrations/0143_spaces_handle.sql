-- +goose Up
-- Mail to a space's address names its handle before any workspace is known.
CREATE INDEX spaces_spaces_anywhere ON spaces_spaces (handle);

-- +goose Down
DROP INDEX spaces_spaces_anywhere;
