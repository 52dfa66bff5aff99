package search

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// PostgreSQL's index of words knows no order: it gathers all hits before the first.
// That is quick for rare words, and PostgreSQL knows about how often each is said.
// For others the newest documents are looked through one by one, which finds common
// words, and then the index is asked about ever longer stretches of time before them,
// for which each document carries marks of the stretches it lies in.

const (
	looked    = 300  // documents looked through one by one
	longer    = 32   // times the stretch before
	maxTimes  = 16   // marks of time in one question: more of them cost what they spare
	maxSpaces = 16   // spaces that are part of a question, for the same reason
	fewPlaces = 8    // spaces that are part of the first question
	fewHits   = 1000 // gathered at once
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

// weighed reads hits from a place on, as is quickest by how many there are to be
// expected. Whichever way it goes, the answer is the same.
func (s *sought) weighed(ctx context.Context, q db.Queryer, few int64, at place) (rows []doc, err error) {
	all, concluded, err := s.expected(ctx, q)
	if err != nil {
		return nil, err
	}
	first, upTo, second := s.part(0, at.doc, s.limit), int64(0), s.part(1, 0, s.limit)
	if at.rank == 0 {
		upTo = first.below()
	} else {
		second.before = at.doc
	}
	switch {
	case all <= few:
		return s.gathers(ctx, q, s.narrow(s.tsquery()), upTo, second.below())
	case upTo == 0: // that is over
	case concluded <= few:
		rows, err = first.gathered(ctx, q, 0, first.below(), first.narrow(first.tsquery()))
	default:
		rows, err = findVectors(ctx, q, first, concluded)
	}
	if err != nil || len(rows) == s.limit {
		return rows, err
	}
	second.limit -= len(rows)
	rest, err := findVectors(ctx, q, second, all)
	return append(rows, rest...), err
}

// findVectors reads one page on PostgreSQL, of about so many hits in all.
func findVectors(ctx context.Context, q db.Queryer, s sought, about int64) ([]doc, error) {
	words := s.tsquery()
	out, edge, err := s.nearest(ctx, q, words)
	if err != nil || edge.N <= looked {
		return out, err
	}
	words = s.narrow(words)
	length, wide := s.length(edge, about), len(s.spaces) > fewPlaces
	for floor := edge.Low; len(out) < s.limit && floor > edge.First; {
		top := floor
		floor = max(top-length, 0)
		length = after(length)
		during := s.times(floor, top)
		if during == "" || floor <= edge.First {
			floor = 0
		}
		more := s
		more.limit -= len(out)
		rows, err := more.gathered(ctx, q, floor, top, words+during)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
		if wide && len(s.spaces) <= maxSpaces { // most of what is said may be said elsewhere
			words += " & " + either(s.places())
			wide = false
		}
	}
	return out, nil
}

// edge is where the newest documents lie: how many they are (up to one more than
// are looked through), from which number to which, and the first of all.
type edge struct{ N, Low, High, First int64 }

// length is of the first stretch that is asked for: as long as should hold four
// pages when words are said evenly, or so many times what the newest documents take.
func (s *sought) length(e edge, about int64) int64 {
	if about <= 0 {
		return after(e.High + 1 - e.Low)
	}
	return int64(float64(e.High-e.First) * min(1, float64(4*s.limit)/float64(about)))
}

// after is how long the stretch after one is.
func after(length int64) int64 { return min(length, 1<<62/longer) * longer }

type near struct {
	doc
	edge
}

// nearest looks through the newest documents one by one, and says where they lie.
func (s *sought) nearest(ctx context.Context, q db.Queryer, words string) (out []doc, e edge, err error) {
	w := &where{}
	workspace, below := w.arg(s.workspace), w.arg(s.below())
	s.among(w, words)
	limit := w.arg(s.limit)
	rows, err := db.All[near](ctx, q, `
		WITH newest AS MATERIALIZED (
			SELECT `+docColumns+`, d.words FROM search_docs d
			WHERE d.workspace_id = `+workspace+` AND `+s.rank()+` AND d.doc < `+below+`
			ORDER BY d.doc DESC LIMIT `+strconv.Itoa(looked+1)+`)
		SELECT e.n, e.low, e.high, e.first, COALESCE(h.doc, 0) AS doc, COALESCE(h.kind, '') AS kind,
			h.ref_id, h.space_id, h.thread_id, h.author_id, COALESCE(h.concluded, FALSE) AS concluded
		FROM (SELECT COUNT(*) AS n, COALESCE(MIN(doc), 0) AS low, COALESCE(MAX(doc), 0) AS high,
			COALESCE((SELECT a.doc FROM search_docs a WHERE a.workspace_id = `+workspace+` ORDER BY a.doc LIMIT 1), 0) AS first FROM newest) e
		LEFT JOIN (SELECT `+docColumns+` FROM newest d WHERE `+w.String()+` ORDER BY d.doc DESC LIMIT `+limit+`) h ON TRUE
		ORDER BY h.doc DESC`, w.args...)
	for _, r := range rows {
		if e = r.edge; r.Kind != "" {
			out = append(out, r.doc)
		}
	}
	return out, e, err
}

// rank is written out rather than given, since an index holds what is concluded.
func (s *sought) rank() string {
	if s.concluded {
		return `d.concluded`
	}
	return `NOT d.concluded`
}

// gathers finds all hits of both ranks at once: what is concluded from first on
// downwards, and the rest from second on.
func (s *sought) gathers(ctx context.Context, q db.Queryer, words string, first, second int64) ([]doc, error) {
	w := &where{}
	w.add(`d.workspace_id = %s`, s.workspace)
	s.among(w, words)
	return db.All[doc](ctx, q, `
		WITH d AS MATERIALIZED (SELECT `+docColumns+` FROM search_docs d WHERE `+w.String()+`)
		SELECT * FROM d WHERE doc < CASE WHEN concluded THEN CAST(`+w.arg(first)+` AS BIGINT) ELSE `+w.arg(second)+` END
		ORDER BY concluded DESC, doc DESC LIMIT `+w.arg(s.limit), w.args...)
}

// expected is how many hits there are by what PostgreSQL knows of how often words are
// said: all of them, and those that are concluded.
func (s *sought) expected(ctx context.Context, q db.Queryer) (all, concluded int64, err error) {
	words := s.tsquery()
	plan, err := db.All[string](ctx, q, `
		EXPLAIN SELECT 1 FROM search_docs d WHERE d.words @@ CAST($1 AS TSQUERY)
		UNION ALL SELECT 1 FROM search_docs c WHERE c.words @@ CAST($2 AS TSQUERY)`, words, words+" & "+quote(home(s.workspace, true)))
	return rowsIn(plan, " search_docs d "), rowsIn(plan, " search_docs c "), err
}

// rowsIn is how many rows a plan expects of a table; more than any when it does not say.
func rowsIn(plan []string, table string) int64 {
	for _, line := range plan {
		if _, after, ok := strings.Cut(line, table); ok {
			_, n, _ := strings.Cut(after, " rows=")
			n, _, _ = strings.Cut(n, " ")
			if rows, err := strconv.ParseInt(n, 10, 64); err == nil {
				return rows
			}
		}
	}
	return math.MaxInt64
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

// gathered asks the index of words.
func (s *sought) gathered(ctx context.Context, q db.Queryer, from, to int64, words string) ([]doc, error) {
	w := &where{}
	w.add(`d.workspace_id = %s`, s.workspace)
	s.among(w, words)
	return db.All[doc](ctx, q, `
		WITH d AS MATERIALIZED (SELECT `+docColumns+` FROM search_docs d WHERE `+w.String()+`)
		SELECT * FROM d WHERE `+s.rank()+` AND doc >= `+w.arg(from)+` AND doc < `+w.arg(to)+`
		ORDER BY doc DESC LIMIT `+w.arg(s.limit), w.args...)
}

// among adds what a hit has to have: the words, and a place that the reader reads.
func (s *sought) among(w *where, words string) {
	if words != "" {
		w.add(`d.words @@ CAST(%s AS TSQUERY)`, words)
	}
	if s.threads != nil {
		w.add(`d.thread_id = ANY(CAST(%s AS UUID[]))`, array(s.threads))
	}
	people := ``
	if s.people {
		people = ` OR d.kind = 'person'`
	}
	w.add(`(d.space_id = ANY(CAST(%s AS UUID[]))`+people+`)`, array(s.spaces))
}

// array writes ids as PostgreSQL reads a list: one argument, however many they are.
func array(ids []id.ID) string {
	b := make([]byte, 0, 2+37*len(ids))
	for i, x := range ids {
		b = append(append(b, "{,"[min(i, 1)]), x.String()...)
	}
	if len(ids) == 0 {
		b = append(b, '{')
	}
	return string(append(b, '}'))
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
