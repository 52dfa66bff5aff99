-- +goose Up
-- What comes by mail: asks each by itself (each), within the digest, or not at all (none);
-- the same for news of one's own asks and for what is for information.
ALTER TABLE attention_settings ADD COLUMN mail_asks @text NOT NULL DEFAULT 'digest';
ALTER TABLE attention_settings ADD COLUMN mail_news @text NOT NULL DEFAULT 'digest';
ALTER TABLE attention_settings ADD COLUMN mail_info @text NOT NULL DEFAULT 'digest';
ALTER TABLE attention_settings ADD COLUMN mail_plain BOOLEAN NOT NULL DEFAULT FALSE;

-- +goose Down
ALTER TABLE attention_settings DROP COLUMN mail_plain;
ALTER TABLE attention_settings DROP COLUMN mail_info;
ALTER TABLE attention_settings DROP COLUMN mail_news;
ALTER TABLE attention_settings DROP COLUMN mail_asks;
