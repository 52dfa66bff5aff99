package db

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
	"strings"

	"example.org/meantime/internal/platform/id"
)

// ErrNotEmpty says that a database holds something, and is not written over.
var ErrNotEmpty = errors.New("this database holds something already; restore into an empty one")

// Empty says whether a migrated database holds no workspace yet.
func (d *DB) Empty(ctx context.Context) (bool, error) {
	n, _, err := One[int64](ctx, d, `SELECT COUNT(*) AS n FROM db_workspaces`)
	return n == 0, err
}

// LoadPart reads one entry that Dump wrote, checking every row, and returns the
// table and how many rows it had.
func (d *DB) LoadPart(ctx context.Context, r io.Reader) (table string, n int64, err error) {
	lines := bufio.NewReaderSize(r, 1<<16)
	first, err := lines.ReadBytes('\n')
	if err != nil {
		return "", 0, fmt.Errorf("db: a part of the backup is cut short: %w", err)
	}
	var h header
	if err := json.Unmarshal(first, &h); err != nil {
		return "", 0, fmt.Errorf("db: a part of the backup has no header: %w", err)
	}
	if err := d.knows(ctx, h); err != nil {
		return h.Table, 0, err
	}
	err = d.Write(ctx, id.ID{}, func(ctx context.Context, tx *Tx) error {
		tx.Quiet("a backup is restored, its log included")
		l := &loader{tx: tx, header: h, most: max(1, 900/len(h.Columns))}
		n = 0
		for {
			line, err := lines.ReadBytes('\n')
			if errors.Is(err, io.EOF) && len(line) == 0 {
				return l.flush(ctx)
			}
			if err != nil {
				return fmt.Errorf("db: a row of %s is cut short", h.Table)
			}
			n++
			if err := l.row(ctx, bytes.TrimSuffix(line, []byte("\n")), n); err != nil {
				return err
			}
		}
	})
	return h.Table, n, err
}

// knows checks that the table and its columns are ours before their names go into SQL.
func (d *DB) knows(ctx context.Context, h header) error {
	tables, err := d.tables(ctx, d)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if t != h.Table {
			continue
		}
		rows, err := d.rows(ctx, `SELECT * FROM `+t+` WHERE 1 = 0`, nil)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		have, err := rows.Columns()
		if err != nil {
			return err
		}
		if strings.Join(have, ",") != strings.Join(h.Columns, ",") {
			return fmt.Errorf("db: the backup's table %s has other columns than this version's", t)
		}
		return nil
	}
	return fmt.Errorf("db: the backup has a table %q, which this version does not know", h.Table)
}

type loader struct {
	tx     *Tx
	header header
	most   int // rows in one INSERT
	args   []any
}

func (l *loader) row(ctx context.Context, line []byte, n int64) error {
	if len(line) < 9 {
		return fmt.Errorf("db: row %d of %s is damaged", n, l.header.Table)
	}
	want, err := strconv.ParseUint(string(line[:8]), 16, 32)
	if err != nil || crc32.Checksum(line[9:], castagnoli) != uint32(want) {
		return fmt.Errorf("db: row %d of %s is damaged: its checksum does not fit", n, l.header.Table)
	}
	dec := json.NewDecoder(bytes.NewReader(line[9:]))
	dec.UseNumber()
	var values []any
	if err := dec.Decode(&values); err != nil || len(values) != len(l.header.Columns) {
		return fmt.Errorf("db: row %d of %s is damaged", n, l.header.Table)
	}
	for _, v := range values {
		x, err := native(v)
		if err != nil {
			return fmt.Errorf("db: row %d of %s: %w", n, l.header.Table, err)
		}
		l.args = append(l.args, x)
	}
	if len(l.args) >= l.most*len(l.header.Columns) {
		return l.flush(ctx)
	}
	return nil
}

func (l *loader) flush(ctx context.Context) error {
	if len(l.args) == 0 {
		return nil
	}
	n := len(l.header.Columns)
	_, err := l.tx.Exec(ctx, `INSERT INTO `+l.header.Table+` (`+strings.Join(l.header.Columns, `, `)+`) VALUES `+Values(len(l.args)/n, n), l.args...)
	l.args = l.args[:0]
	return err
}

func native(v any) (any, error) {
	switch v := v.(type) {
	case json.Number:
		return v.Int64()
	case map[string]any:
		s, _ := v["b"].(string)
		return base64.StdEncoding.DecodeString(s)
	}
	return v, nil
}

// Clear empties every table: the way back from a restore that failed.
func (d *DB) Clear(ctx context.Context) error {
	tables, err := d.tables(ctx, d)
	if err != nil {
		return err
	}
	return d.Write(ctx, id.ID{}, func(ctx context.Context, tx *Tx) error {
		tx.Quiet("a failed restore is taken back")
		for i := len(tables) - 1; i >= 0; i-- { // what refers to others comes later in the alphabet
			if _, err := tx.Exec(ctx, `DELETE FROM `+tables[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
