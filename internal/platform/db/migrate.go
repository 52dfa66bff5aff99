package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// words are what the migrations say and what each engine calls it.
var words = map[Engine]*strings.Replacer{
	SQLite:   strings.NewReplacer("@uuid", "BLOB", "@json", "TEXT", "@bytes", "BLOB", "@text", "TEXT"),
	Postgres: strings.NewReplacer("@uuid", "UUID", "@json", "JSONB", "@bytes", "BYTEA", "@text", `TEXT COLLATE "C"`),
}

// Migrate brings the database to the newest schema in files (NNNN_feature.sql,
// goose's form). In them @uuid, @json, @bytes and @text (text that sorts by
// bytes) stand for the engine's own words, and lines between "-- only sqlite" or
// "-- only postgres" and "-- end only" are for one engine. A database newer than
// the files is refused, and left as it is.
func (d *DB) Migrate(ctx context.Context, files fs.FS) error {
	filled, newest, err := fill(files, d.Engine)
	if err != nil {
		return err
	}
	dialect, pool := goose.DialectSQLite3, d.write
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if d.Engine == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return fmt.Errorf("db: migrate: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	} else {
		// goose takes connections from the pool, so the writer lends its own.
		if d.writer != nil {
			if err := d.writer.forget(); err != nil {
				return fmt.Errorf("db: migrate: %w", err)
			}
			d.writer = nil
		}
		if err := d.single.Close(); err != nil {
			return fmt.Errorf("db: migrate: %w", err)
		}
		defer func() { d.single, _ = d.write.Conn(ctx) }()
	}
	p, err := goose.NewProvider(dialect, pool, filled, options...)
	if err != nil {
		return fmt.Errorf("db: migrate: %w", err)
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("db: read the schema's version: %w", err)
	}
	if have > newest {
		return fmt.Errorf("db: this database has schema %d, made by a newer Meantime; this one knows %d. Start the newer version", have, newest)
	}
	if _, err := p.Up(ctx); err != nil && !errors.Is(err, goose.ErrAlreadyApplied) {
		return fmt.Errorf("db: migrate: %w", err)
	}
	return nil
}

// Schemas reads the version of the database's schema, 0 where nothing was made yet, and the
// newest in files. It changes nothing.
func (d *DB) Schemas(ctx context.Context, files fs.FS) (have, newest int64, err error) {
	if _, newest, err = fill(files, d.Engine); err != nil {
		return 0, 0, err
	}
	made, err := d.tables(ctx, d)
	if err != nil || len(made) == 0 {
		return 0, newest, err
	}
	have, err = schema(ctx, d)
	return have, newest, err
}

func fill(files fs.FS, engine Engine) (fs.FS, int64, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, 0, err
	}
	out, newest := fstest.MapFS{}, int64(0)
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, 0, err
		}
		v, err := goose.NumericComponent(name)
		if err != nil {
			return nil, 0, fmt.Errorf("db: migration %s: %w", name, err)
		}
		newest = max(newest, v)
		out[name] = &fstest.MapFile{Data: []byte(words[engine].Replace(only(string(b), engine)))}
	}
	return out, newest, nil
}

// only drops the lines that are for another engine.
func only(text string, engine Engine) string {
	var b strings.Builder
	keep := true
	for line := range strings.Lines(text) {
		switch word, isOnly := strings.CutPrefix(strings.TrimSpace(line), "-- only "); {
		case isOnly:
			keep = word == string(engine)
		case strings.TrimSpace(line) == "-- end only":
			keep = true
		case keep:
			b.WriteString(line)
		}
	}
	return b.String()
}
