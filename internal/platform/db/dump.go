package db

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
)

// Manifest says what is in a backup. It is the archive's last entry, so a
// backup that was cut short has none and is refused.
type Manifest struct {
	Format int              `json:"format"`
	Schema int64            `json:"schema"`         // the version of the migrations
	Rows   map[string]int64 `json:"rows,omitempty"` // per table
	Files  int64            `json:"files"`
	Sum    string           `json:"sum"` // SHA-256 over the files' names and bytes, in order

	Pages    int64 `json:"pages,omitempty"` // of an embedded database, instead of rows
	PageSize int64 `json:"page_size,omitempty"`
}

// Format is the version of a backup that holds rows.
const Format = 1

// chunkSize is how much of a table is gathered into one entry of the archive.
const chunkSize = 4 << 20

// header begins each table: its name and columns.
type header struct {
	Table   string   `json:"table"`
	Columns []string `json:"columns"`
}

// Dump writes every table, as of one moment, as entries rows/TABLE/NNNNNN of a
// tar archive: a header line, then a row a line, each preceded by its CRC-32C.
// The same text is read into either engine. Tables for which skip says true are
// left out. progress is told the rows written so far.
func (d *DB) Dump(ctx context.Context, to *tar.Writer, skip func(table string) bool, progress func(rows int64)) (Manifest, error) {
	m := Manifest{Format: Format, Rows: map[string]int64{}}
	err := d.pooled(ctx, func(ctx context.Context, q Queryer) error {
		var err error
		if m.Schema, err = schema(ctx, q); err != nil {
			return err
		}
		tables, err := d.tables(ctx, q)
		if err != nil {
			return err
		}
		total := int64(0)
		for _, t := range tables {
			if skip(t) {
				continue
			}
			w := &tableWriter{to: to, table: t}
			n, err := w.write(ctx, q)
			if err != nil {
				return fmt.Errorf("db: back up %s: %w", t, err)
			}
			m.Rows[t] = n
			total += n
			progress(total)
		}
		return nil
	})
	return m, err
}

func (d *DB) tables(ctx context.Context, q Queryer) ([]string, error) {
	text := `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version' ORDER BY name`
	if d.Engine == Postgres {
		text = `SELECT CAST(table_name AS TEXT) FROM information_schema.tables
			WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'goose_db_version' ORDER BY 1`
	}
	return All[string](ctx, q, text)
}

type tableWriter struct {
	to    *tar.Writer
	table string
	head  []byte
	buf   bytes.Buffer
	part  int
}

func (w *tableWriter) write(ctx context.Context, q Queryer) (n int64, err error) {
	rows, err := q.rows(ctx, `SELECT * FROM `+w.table, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	types, err := rows.ColumnTypes()
	if err != nil {
		return 0, err
	}
	names := make([]string, len(types))
	kinds := make([]string, len(types))
	values := make([]any, len(types))
	into := make([]any, len(types))
	for i, t := range types {
		names[i], kinds[i], into[i] = t.Name(), t.DatabaseTypeName(), &values[i]
	}
	if w.head, err = json.Marshal(header{w.table, names}); err != nil {
		return 0, err
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		if err := w.row(values, kinds); err != nil {
			return n, err
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	return n, w.flush()
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (w *tableWriter) row(values []any, kinds []string) error {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = portable(v, kinds[i])
	}
	line, err := json.Marshal(out)
	if err != nil {
		return err
	}
	fmt.Fprintf(&w.buf, "%08x %s\n", crc32.Checksum(line, castagnoli), line)
	if w.buf.Len() >= chunkSize {
		return w.flush()
	}
	return nil
}

func (w *tableWriter) flush() error {
	if w.buf.Len() == 0 && w.part > 0 {
		return nil
	}
	w.part++
	size := int64(len(w.head) + 1 + w.buf.Len())
	if err := w.to.WriteHeader(&tar.Header{Name: fmt.Sprintf("rows/%s/%06d", w.table, w.part), Mode: 0o600, Size: size}); err != nil {
		return err
	}
	if _, err := w.to.Write(append(w.head, '\n')); err != nil {
		return err
	}
	_, err := io.Copy(w.to, &w.buf)
	w.buf.Reset()
	return err
}

// blob is how bytes stand in JSON.
type blob struct {
	B string `json:"b"`
}

// portable writes a value so that either engine can take it.
func portable(v any, kind string) any {
	switch v := v.(type) {
	case []byte:
		if kind == "JSONB" || kind == "TEXT" {
			return string(v)
		}
		return blob{base64.StdEncoding.EncodeToString(v)}
	case string:
		if kind == "UUID" {
			return blob{base64.StdEncoding.EncodeToString(uuidBytes(v))}
		}
		return v
	case int64:
		if kind == "BOOLEAN" {
			return v != 0
		}
		return json.Number(fmt.Sprint(v))
	}
	return v
}

func uuidBytes(s string) []byte {
	b, _ := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	return b
}
