package search

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

type doc struct {
	Doc         int64
	WorkspaceID id.ID
	Kind        string
	RefID       id.ID
	SpaceID     id.ID
	ThreadID    id.ID
	AuthorID    id.ID
	Concluded   bool
}

const docColumns = `d.doc, d.workspace_id, d.kind, d.ref_id, d.space_id, d.thread_id, d.author_id, d.concluded`

// wordsOf is the table of the words of what has a conclusion, or of the rest: SQLite's
// index would otherwise look for the few that have one among all hits.
func wordsOf(concluded bool) string {
	if concluded {
		return `search_ended`
	}
	return `search_words`
}

// atOnce bounds the names of one query: SQLite's driver looks each up by name.
const atOnce = 64

// insertDocs enters things that are not there.
func insertDocs(ctx context.Context, tx *db.Tx, list []Entry) error {
	for i := range list {
		list[i].doc = number(&list[i], 0)
	}
	sorted(list)
	if tx.Engine() == db.Postgres {
		return insertVectors(ctx, tx, list)
	}
	for i := range list {
		if err := insertDoc(ctx, tx, &list[i]); err != nil {
			return err
		}
	}
	// In order and without another statement in between, they stay in memory until
	// the end of the transaction and are written as one piece.
	sorted(list)
	var b []byte
	for i := range list {
		e := &list[i]
		b = b[:0]
		for _, m := range marks(tx.Workspace, e) {
			b = append(append(b, m...), ' ')
		}
		b = append(b, e.Words.text...)
		if _, err := tx.Exec(ctx, `INSERT INTO `+wordsOf(e.Concluded)+` (rowid, words) VALUES ($1, $2)`, e.doc, string(b)); err != nil {
			return err
		}
	}
	return nil
}

func insertDoc(ctx context.Context, tx *db.Tx, e *Entry) error {
	for try := 1; ; try++ {
		n, err := tx.Exec(ctx, `
			INSERT INTO search_docs (workspace_id, doc, kind, ref_id, space_id, thread_id, author_id, concluded)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (doc) DO NOTHING`,
			tx.Workspace, e.doc, e.Kind, e.ID, e.Space, e.Thread, e.Author, e.Concluded)
		if err != nil || n > 0 {
			return err
		}
		e.doc = number(e, try)
	}
}

// rounded is the next power of two: lists are filled up to it with their last, so that
// there are few texts, and each is prepared once.
func rounded(n int) int { return 1 << bits.Len(uint(n-1)) } //nolint:gosec // of no list is asked when it is empty

// insertVectors enters things into PostgreSQL, many at a time; those whose numbers
// are taken try others, and what fills up a list is taken by itself.
func insertVectors(ctx context.Context, tx *db.Tx, list []Entry) error {
	const columns = 9
	for part := range slices.Chunk(list, atOnce) {
		left := part
		for try := 1; len(left) > 0; try++ {
			places := rounded(len(left))
			args := make([]any, 0, places*columns)
			rows := make([]string, 0, places)
			for i := range places {
				e, n := &left[min(i, len(left)-1)], len(args)
				rows = append(rows, fmt.Sprintf(`(%s, CAST(CAST($%d AS TEXT) AS TSVECTOR))`, db.In(n+1, columns-1), n+columns))
				args = append(args, tx.Workspace, e.doc, e.Kind, e.ID, e.Space, e.Thread, e.Author, e.Concluded, lexemes(tx.Workspace, e))
			}
			taken, err := db.All[int64](ctx, tx, `
				INSERT INTO search_docs (workspace_id, doc, kind, ref_id, space_id, thread_id, author_id, concluded, words)
				VALUES `+strings.Join(rows, `, `)+` ON CONFLICT (workspace_id, doc) DO NOTHING RETURNING doc`, args...)
			if err != nil {
				return err
			}
			left = slices.DeleteFunc(slices.Clone(left), func(e Entry) bool { return slices.Contains(taken, e.doc) })
			for i := range left {
				left[i].doc = number(&left[i], try)
			}
		}
	}
	return nil
}

// deleteDocs takes things out of the index.
func deleteDocs(ctx context.Context, tx *db.Tx, list []doc) error {
	for part := range slices.Chunk(list, atOnce) {
		args := []any{tx.Workspace}
		for _, d := range part {
			args = append(args, d.Doc)
		}
		if _, err := tx.Exec(ctx, `DELETE FROM search_docs WHERE workspace_id = $1 AND doc IN (`+db.In(2, len(part))+`)`, args...); err != nil {
			return err
		}
		if tx.Engine() == db.Postgres {
			continue
		}
		for _, d := range part {
			if _, err := tx.Exec(ctx, `DELETE FROM `+wordsOf(d.Concluded)+` WHERE rowid = $1`, d.Doc); err != nil {
				return err
			}
		}
	}
	return nil
}

// docsOf reads which of the things are in the index.
func docsOf(ctx context.Context, q db.Queryer, workspace id.ID, list []Ref) ([]doc, error) {
	var out []doc
	for part := range slices.Chunk(list, atOnce) {
		ids := make([]id.ID, len(part))
		for i, r := range part {
			ids[i] = r.ID
		}
		rows, err := db.All[doc](ctx, q, `
			SELECT `+docColumns+` FROM search_docs d WHERE d.workspace_id = $1 AND d.ref_id IN (`+db.List(2, len(ids))+`)`,
			db.ListArgs(ids, any(workspace))...)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// leftBehind lists what lies in a thread but not in the thread's space.
func leftBehind(ctx context.Context, q db.Queryer, workspace, thread, space id.ID, limit int) ([]Ref, error) {
	rows, err := db.All[doc](ctx, q, `
		SELECT `+docColumns+` FROM search_docs d
		WHERE d.workspace_id = $1 AND d.thread_id = $2 AND d.space_id <> $3 LIMIT $4`, workspace, thread, space, limit)
	out := make([]Ref, 0, len(rows))
	for _, d := range rows {
		out = append(out, Ref{d.Kind, d.RefID})
	}
	return out, err
}

func insertTerms(ctx context.Context, tx *db.Tx, terms []string) error {
	step := 1
	if tx.Engine() == db.Postgres {
		step = atOnce
	}
	for part := range slices.Chunk(terms, step) {
		places := rounded(len(part))
		args := make([]any, 0, 2*places)
		for i := range places {
			args = append(args, tx.Workspace, part[min(i, len(part)-1)])
		}
		if err := tx.Do(ctx, `
			INSERT INTO search_terms (workspace_id, term) VALUES `+db.Values(places, 2)+` ON CONFLICT DO NOTHING`, args...); err != nil {
			return err
		}
	}
	return nil
}

// termsFrom lists the words that begin so, up to limit of them.
func termsFrom(ctx context.Context, q db.Queryer, workspace id.ID, begin string, limit int) ([]string, error) {
	return db.All[string](ctx, q, `
		SELECT term FROM search_terms WHERE workspace_id = $1 AND term >= $2 AND term < $3 ORDER BY term LIMIT $4`,
		workspace, begin, begin+"\U0010FFFF", limit)
}
