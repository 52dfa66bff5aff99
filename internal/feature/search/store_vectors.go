package search

import (
	"context"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// PostgreSQL's index of words knows no order: it gathers all hits before the first.
// So the newest documents are looked through one by one, which finds common words,
// and then the index is asked about ever longer stretches of time before them, for
// which each document carries marks of the stretches it lies in.

const (
	looked    = 300 // documents looked through one by one
	longer    = 32  // times the stretch before
	maxTimes  = 64  // marks of time in one question
	fewPlaces = 8   // spaces that are part of the first question
)

// stretches are the lengths of time that have marks, as bits of microseconds: half
// an hour, nine hours, six days, a hundred days.
var stretches = []int{31, 35, 39, 43}

func timeMark(workspace id.ID, bits int, at int64) string {
	return fmt.Sprintf("%st%x.%x.%x", mark, bits, at>>bits, binary.BigEndian.Uint32(workspace[12:]))
}

// lexemes writes the words of a thing and its marks, as PostgreSQL reads a tsvector.
func lexemes(workspace id.ID, e *Entry) string {
	var b strings.Builder
	b.WriteString(e.Words.text)
	list := marks(workspace, e)
	at := moment(e.At) >> fine
	for _, bits := range stretches {
		list = append(list, timeMark(workspace, bits, at))
	}
	for _, m := range list {
		b.WriteString(quote(m) + " ")
	}
	return b.String()
}

// vector writes tokens with their places.
func vector(tokens []string) string {
	places := make(map[string][]int, len(tokens))
	order := make([]string, 0, len(tokens))
	for i, t := range tokens {
		if places[t] == nil {
			order = append(order, t)
		}
		if len(places[t]) < 255 {
			places[t] = append(places[t], i+1)
		}
	}
	var b []byte
	for _, t := range order {
		b = append(b, quote(t)...)
		sep := byte(':')
		for _, p := range places[t] {
			b = strconv.AppendInt(append(b, sep), int64(p), 10)
			sep = ','
		}
		b = append(b, ' ')
	}
	return string(b)
}

var quoting = strings.NewReplacer(`'`, `''`, `\`, `\\`)

func quote(t string) string { return "'" + quoting.Replace(t) + "'" }

// findVectors reads one page on PostgreSQL.
func findVectors(ctx context.Context, q db.Queryer, s sought) ([]doc, error) {
	newest, err := s.newest(ctx, q)
	if err != nil || newest.N == 0 {
		return nil, err
	}
	words := s.tsquery()
	out, err := s.between(ctx, q, newest.Low, newest.High+1, words)
	if err != nil || newest.N <= looked {
		return out, err
	}
	words = s.narrow(words)
	length, wide := newest.High+1-newest.Low, len(s.spaces) > fewPlaces
	for floor := newest.Low; len(out) < s.limit && floor > 0; {
		length = min(length, 1<<62/longer) * longer
		top := floor
		floor = max(top-length, 0)
		during := s.times(floor, top)
		if during == "" {
			floor = 0
		}
		more := s
		more.limit -= len(out)
		rows, err := more.gathered(ctx, q, floor, top, words+during)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
		if wide && len(s.spaces) <= maxPlaces { // most of what is said may be said elsewhere
			words += " & " + either(s.places())
			wide = false
		}
	}
	return out, nil
}

// newest measures how far back the newest documents lie.
func (s *sought) newest(ctx context.Context, q db.Queryer) (n struct{ N, Low, High int64 }, err error) {
	n, _, err = db.One[struct{ N, Low, High int64 }](ctx, q, `
		SELECT COUNT(*) AS n, COALESCE(MIN(doc), 0) AS low, COALESCE(MAX(doc), 0) AS high FROM (
			SELECT d.doc FROM search_docs d WHERE d.workspace_id = $1 AND d.concluded = $2 AND d.doc < $3
			ORDER BY d.doc DESC LIMIT `+strconv.Itoa(looked+1)+`) d`, s.workspace, s.concluded, s.below())
	return n, err
}

// narrow adds to the words what makes the index's lists short: conclusions, and the
// spaces of those who read few.
func (s *sought) narrow(words string) string {
	var parts []string
	if words != "" {
		parts = append(parts, words)
	}
	if s.concluded {
		parts = append(parts, quote(home(s.workspace, true)))
	}
	if len(s.spaces) <= fewPlaces || len(parts) == 0 {
		parts = append(parts, either(s.places()))
	}
	return strings.Join(parts, " & ")
}

// times asks for a stretch of time by its marks; "" when it is too long to have any.
func (s *sought) times(from, to int64) string {
	from, to = from>>fine, (to-1)>>fine
	for _, bits := range stretches {
		if n := to>>bits - from>>bits; n < maxTimes {
			var list []string
			for i := range n + 1 {
				list = append(list, timeMark(s.workspace, bits, (from>>bits+i)<<bits))
			}
			return " & " + either(list)
		}
	}
	return ""
}

func either(list []string) string {
	quoted := make([]string, len(list))
	for i, m := range list {
		quoted[i] = quote(m)
	}
	return "(" + strings.Join(quoted, " | ") + ")"
}

// between looks through documents one by one, from the newest on.
func (s *sought) between(ctx context.Context, q db.Queryer, from, to int64, words string) ([]doc, error) {
	w := s.where(from, to, words)
	return db.All[doc](ctx, q, `
		SELECT `+docColumns+` FROM (
			SELECT * FROM search_docs d WHERE d.workspace_id = $1 AND d.concluded = $2 AND d.doc >= $3 AND d.doc < $4
			ORDER BY d.doc DESC LIMIT `+strconv.Itoa(looked+1)+`) d
		WHERE `+w.String()+` ORDER BY d.doc DESC LIMIT `+w.arg(s.limit), w.args...)
}

// gathered asks the index of words.
func (s *sought) gathered(ctx context.Context, q db.Queryer, from, to int64, words string) ([]doc, error) {
	w := s.where(from, to, words)
	return db.All[doc](ctx, q, `
		WITH d AS MATERIALIZED (SELECT `+docColumns+` FROM search_docs d WHERE `+w.String()+`)
		SELECT * FROM d ORDER BY doc DESC LIMIT `+w.arg(s.limit), w.args...)
}

func (s *sought) where(from, to int64, words string) *where {
	w := &where{}
	w.add(`d.workspace_id = %s`, s.workspace)
	w.add(`d.concluded = %s`, s.concluded)
	w.add(`d.doc >= %s`, from)
	w.add(`d.doc < %s`, to)
	if words != "" {
		w.add(`d.words @@ CAST(CAST(%s AS TEXT) AS TSQUERY)`, words)
	}
	if s.threads != nil {
		w.in(`d.thread_id`, s.threads, ``)
	}
	people := ``
	if s.people {
		people = ` OR d.kind = 'person'`
	}
	w.in(`d.space_id`, s.spaces, people)
	return w
}

// tsquery writes what is asked for as PostgreSQL reads it.
func (s *sought) tsquery() string {
	var parts []string
	for _, g := range s.wanted {
		var steps, last []string
		for _, token := range g.first {
			steps = append(steps, quote(token))
		}
		for _, token := range g.last {
			if token = quote(token); g.prefix {
				token += ":*"
			}
			last = append(last, token)
		}
		parts = append(parts, "("+strings.Join(append(steps, "("+strings.Join(last, " | ")+")"), " <-> ")+")")
	}
	if !s.author.IsZero() {
		parts = append(parts, quote(author(s.author)))
	}
	return strings.Join(parts, " & ")
}
