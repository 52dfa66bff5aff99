package search

import (
	"context"
	"math"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// sought is one page of a search: the newest hits below a document's number.
type sought struct {
	filter
	workspace id.ID
	wanted    []group
	concluded bool
	before    int64 // 0: the newest of all
	limit     int
}

func (s *sought) below() int64 {
	below := int64(math.MaxInt64)
	if s.before > 0 {
		below = s.before
	}
	if s.filter.before != nil {
		below = min(below, moment(*s.filter.before))
	}
	return below
}

const (
	stroll    = 400 // hits looked at before workspace and spaces become part of the question
	maxPlaces = 64  // spaces that can be part of it
)

// find reads one page.
func find(ctx context.Context, q *db.DB, s sought) ([]doc, error) {
	switch {
	case len(s.wanted) == 0 && s.threads != nil:
		return findInThreads(ctx, q, s)
	case q.Engine == db.Postgres:
		return findVectors(ctx, q, s, 0)
	}
	var out []doc
	at, done, err := walk(ctx, q, &s, s.match(nil), s.below(), stroll, &out)
	if err != nil || done {
		return out, err
	}
	marks := []string{home(s.workspace, s.concluded)}
	if len(s.spaces) <= maxPlaces {
		marks = s.places()
	}
	_, _, err = walk(ctx, q, &s, s.match(marks), at, math.MaxInt32, &out)
	return out, err
}

// walk goes through hits from the newest on, keeping those that the reader may see,
// until there are enough or most were looked at. done says that nothing is left to
// be looked at, else at is where it stopped.
func walk(ctx context.Context, q db.Queryer, s *sought, match string, below int64, most int, out *[]doc) (at int64, done bool, err error) {
	seen := 0
	words := wordsOf(s.concluded)
	for d, err := range db.Each[doc](ctx, q, `
		SELECT `+docColumns+` FROM `+words+` JOIN search_docs d ON d.doc = `+words+`.rowid
		WHERE `+words+` MATCH $1 AND `+words+`.rowid < $2
		ORDER BY `+words+`.rowid DESC LIMIT $3`, match, below, most) {
		if err != nil {
			return 0, false, err
		}
		seen, at = seen+1, d.Doc
		if s.shows(&d) {
			if *out = append(*out, d); len(*out) == s.limit {
				return at, true, nil
			}
		}
	}
	return at, seen < most, nil
}

// shows says whether a hit is among what was asked for and may be seen.
func (s *sought) shows(d *doc) bool {
	if s.readable == nil {
		s.readable = set(s.spaces)
		s.within = set(s.threads)
	}
	return d.WorkspaceID == s.workspace && (s.readable[d.SpaceID] || s.people && d.Kind == "person") && (s.threads == nil || s.within[d.ThreadID])
}

func set(list []id.ID) map[id.ID]bool {
	out := make(map[id.ID]bool, len(list))
	for _, x := range list {
		out[x] = true
	}
	return out
}

// places are the marks of what the reader may read.
func (s *sought) places() []string {
	var out []string
	for _, x := range s.spaces {
		out = append(out, placeMark(s.workspace, x))
	}
	if s.people {
		out = append(out, placeMark(s.workspace, id.ID{}))
	}
	if out == nil {
		out = []string{mark} // nothing has it
	}
	return out
}

// match writes an FTS5 query for what has one of the marks, if there are any. Tokens
// hold letters and digits alone, so quoting is enough.
func (s *sought) match(marks []string) string {
	var parts []string
	if len(s.wanted) == 0 && marks == nil {
		marks = []string{home(s.workspace, s.concluded)}
	}
	if !s.author.IsZero() {
		parts = append(parts, `"`+author(s.author)+`"`)
	}
	if marks != nil {
		parts = append(parts, `("`+strings.Join(marks, `" OR "`)+`")`)
	}
	for _, g := range s.wanted {
		var any []string
		for _, last := range g.last {
			phrase := `"` + strings.Join(append(g.first[:len(g.first):len(g.first)], last), " ") + `"`
			if g.prefix {
				phrase += ` *`
			}
			any = append(any, phrase)
		}
		parts = append(parts, `(`+strings.Join(any, ` OR `)+`)`)
	}
	return strings.Join(parts, " AND ")
}

// findInThreads lists everything in some threads.
func findInThreads(ctx context.Context, q db.Queryer, s sought) ([]doc, error) {
	w := &where{}
	w.add(`d.workspace_id = %s`, s.workspace)
	w.add(`d.doc < %s`, s.below())
	w.add(`d.concluded = %s`, s.concluded)
	if !s.author.IsZero() {
		w.add(`d.author_id = %s`, s.author)
	}
	w.in(`d.thread_id`, s.threads, ``)
	w.in(`d.space_id`, s.spaces, ``)
	return db.All[doc](ctx, q, `SELECT `+docColumns+` FROM search_docs d WHERE `+w.String()+` ORDER BY d.doc DESC LIMIT `+w.arg(s.limit), w.args...)
}
