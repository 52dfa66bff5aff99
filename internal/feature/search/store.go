package search

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

type doc struct {
	Doc       int64
	Kind      string
	RefID     id.ID
	SpaceID   id.ID
	ThreadID  id.ID
	AuthorID  id.ID
	Concluded bool
	Title     string
	Body      string
}

const (
	maxIndexed = 16000 // words of one thing; PostgreSQL takes positions up to 16383
	maxWord    = 500   // bytes of a word that can be found
)

// put enters a thing, or enters it anew.
func put(ctx context.Context, tx *db.Tx, kind string, ref id.ID, t Text) error {
	if err := drop(ctx, tx, kind, ref); err != nil {
		return err
	}
	n, err := free(ctx, tx, t.At)
	if err != nil {
		return err
	}
	indexed := t.Body
	if kind != "post" { // a post's title is its thread's, which is found by itself
		indexed = t.Title + " " + t.Body
	}
	words := slices.DeleteFunc(text.Tokens(indexed), func(w string) bool { return len(w) > maxWord })
	words = words[:min(len(words), maxIndexed)]
	columns := `workspace_id, doc, kind, ref_id, space_id, thread_id, author_id, concluded, title, body`
	args := []any{tx.Workspace, n, kind, ref, t.Space, t.Thread, t.Author, t.Concluded, t.Title, t.Body}
	if tx.Engine() == db.Postgres {
		_, err := tx.Exec(ctx, `INSERT INTO search_docs (`+columns+`, words) VALUES (`+db.In(1, 10)+`, CAST(CAST($11 AS TEXT) AS TSVECTOR))`, append(args, vector(words))...)
		return err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO search_docs (`+columns+`) VALUES (`+db.In(1, 10)+`)`, args...); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO search_words (rowid, owner, words) VALUES ($1, $2, $3)`, n, owner(tx.Workspace), strings.Join(words, " "))
	return err
}

func drop(ctx context.Context, tx *db.Tx, kind string, ref id.ID) error {
	n, ok, err := db.One[int64](ctx, tx, `
		DELETE FROM search_docs WHERE workspace_id = $1 AND kind = $2 AND ref_id = $3 RETURNING doc`, tx.Workspace, kind, ref)
	if err != nil || !ok || tx.Engine() == db.Postgres {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM search_words WHERE rowid = $1`, n)
	return err
}

// free is the first number from the moment on that no other thing has.
func free(ctx context.Context, tx *db.Tx, at clock.Instant) (int64, error) {
	text := `SELECT doc FROM search_docs WHERE doc >= $1 ORDER BY doc LIMIT 200`
	args := []any{int64(at)}
	if tx.Engine() == db.Postgres {
		text = `SELECT doc FROM search_docs WHERE workspace_id = $2 AND doc >= $1 ORDER BY doc LIMIT 200`
		args = append(args, tx.Workspace)
	}
	n := int64(at)
	for {
		taken, err := db.All[int64](ctx, tx, text, args...)
		if err != nil {
			return 0, err
		}
		for _, d := range taken {
			if d != n {
				return n, nil
			}
			n++
		}
		if len(taken) < 200 {
			return n, nil
		}
		args[0] = n
	}
}

func owner(workspace id.ID) string { return "w" + hex.EncodeToString(workspace[:]) }

// vector writes tokens with their places, as PostgreSQL reads a tsvector.
func vector(tokens []string) string {
	places := map[string][]int{}
	var order []string
	for i, t := range tokens {
		if places[t] == nil {
			order = append(order, t)
		}
		if len(places[t]) < 255 {
			places[t] = append(places[t], i+1)
		}
	}
	var b strings.Builder
	for _, t := range order {
		b.WriteString(quote(t) + ":")
		b.WriteString(strings.Trim(strings.ReplaceAll(fmt.Sprint(places[t]), " ", ","), "[]"))
		b.WriteByte(' ')
	}
	return b.String()
}

func quote(t string) string {
	return "'" + strings.NewReplacer(`'`, `''`, `\`, `\\`).Replace(t) + "'"
}

// find reads the newest hits below the doc number "before" (0: the newest of all).
func find(ctx context.Context, q *db.DB, workspace id.ID, f filter, before int64, limit int) ([]doc, error) {
	w := &where{}
	from := `search_docs d`
	w.add(`d.workspace_id = %s`, workspace)
	switch {
	case len(f.words) == 0:
		w.add(`d.kind <> %s`, "person")
	case q.Engine == db.Postgres:
		w.add(`d.words @@ CAST(CAST(%s AS TEXT) AS TSQUERY)`, tsquery(f.words))
	default:
		from = `search_words JOIN search_docs d ON d.doc = search_words.rowid`
		w.add(`search_words MATCH %s`, match(workspace, f.words))
	}
	w.add(`d.concluded = %s`, f.concluded)
	order := `d.doc`
	if q.Engine == db.SQLite && len(f.words) > 0 {
		order = `search_words.rowid`
	}
	if before > 0 {
		w.add(order+` < %s`, before)
	}
	if f.before != nil {
		w.add(order+` < %s`, int64(*f.before))
	}
	if !f.author.IsZero() {
		w.add(`d.author_id = %s`, f.author)
	}
	if f.threads != nil {
		w.in(`d.thread_id`, f.threads, ``)
	}
	people := ``
	if f.people {
		people = ` OR d.kind = 'person'`
	}
	w.in(`d.space_id`, f.spaces, people)
	text := `SELECT d.doc, d.kind, d.ref_id, d.space_id, d.thread_id, d.author_id, d.concluded, d.title, d.body FROM ` + from +
		` WHERE ` + strings.Join(w.parts, ` AND `) + fmt.Sprintf(` ORDER BY %s DESC LIMIT %d`, order, limit)
	return db.All[doc](ctx, q, text, w.args...)
}

// where gathers conditions and their arguments.
type where struct {
	parts []string
	args  []any
}

func (w *where) add(part string, arg any) {
	w.args = append(w.args, arg)
	w.parts = append(w.parts, fmt.Sprintf(part, fmt.Sprintf("$%d", len(w.args))))
}

func (w *where) in(column string, ids []id.ID, or string) {
	first := len(w.args) + 1
	w.args = db.Args(ids, w.args...)
	w.parts = append(w.parts, `(`+column+` IN (`+db.In(first, len(ids))+`)`+or+`)`)
}

// match writes an FTS5 query. Tokens hold letters and digits alone, so quoting is enough.
func match(workspace id.ID, words []Term) string {
	parts := []string{`owner:"` + owner(workspace) + `"`}
	for _, t := range words {
		part := `words:"` + strings.Join(t.Tokens, " ") + `"`
		if t.Prefix {
			part += ` *`
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " AND ")
}

// tsquery writes the same query for PostgreSQL.
func tsquery(words []Term) string {
	var parts []string
	for _, t := range words {
		var tokens []string
		for i, token := range t.Tokens {
			if i == len(t.Tokens)-1 && t.Prefix {
				tokens = append(tokens, quote(token)+":*")
				continue
			}
			tokens = append(tokens, quote(token))
		}
		parts = append(parts, "("+strings.Join(tokens, " <-> ")+")")
	}
	return strings.Join(parts, " & ")
}

// moved gives everything of a thread its new space, and its posts their new title.
func moved(ctx context.Context, tx *db.Tx, thread id.ID, t Text) error {
	_, err := tx.Exec(ctx, `
		UPDATE search_docs SET space_id = $3, title = $4 WHERE workspace_id = $1 AND thread_id = $2`, tx.Workspace, thread, t.Space, t.Title)
	return err
}
