package spaces

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// pageKey names a part of a thread in one state: lastN counts what is new, version
// what changed. Whoever reads them before the posts never keeps an older state
// under them.
type pageKey struct {
	thread               id.ID
	lastN, version       int64
	after, before, limit int64
}

// page is a part of a thread as it is for everybody.
type page struct {
	posts []rendered
	more  bool
	who   []id.ID // whose names are in it
	asked []id.ID // the posts on which something was asked
}

// rendered is a post's JSON in the pieces that stand between what differs from
// reader to reader: its author's name as it is now, reactions, asks, and may.
type rendered struct {
	post                    Post // without its words
	head, words, mind, tail []byte
	reactions               []reactionRow
}

const pagesKept = 16 << 20 // bytes

// getPage reads a part of a thread, from what is kept where it can.
func (s *Service) getPage(ctx context.Context, q db.Queryer, a actor.Actor, t Thread, after, before int64, limit int) (page, error) {
	key := pageKey{t.ID, t.LastN, t.Version, after, before, int64(limit)}
	if p, ok := s.pages.Get(key); ok && db.Committed(q) {
		return p, nil
	}
	p, err := s.readPage(ctx, q, a, t, after, before, limit)
	if err == nil && db.Committed(q) {
		s.pages.Put(key, p, p.size())
	}
	return p, err
}

func (s *Service) readPage(ctx context.Context, q db.Queryer, a actor.Actor, t Thread, after, before int64, limit int) (page, error) {
	posts, err := s.part(ctx, q, t, after, before, limit+1)
	if err != nil {
		return page{}, err
	}
	p := page{more: len(posts) > limit}
	posts = posts[:min(len(posts), limit)]
	if before != 0 {
		slices.Reverse(posts)
	}
	if len(posts) == 0 {
		return p, nil
	}
	h, err := s.hangs(ctx, q, a, posts)
	if err != nil {
		return p, err
	}
	for _, x := range posts {
		r, err := render(x, h)
		if err != nil {
			return p, err
		}
		p.posts, p.who = append(p.posts, r), append(p.who, x.Author)
		for _, e := range r.reactions {
			p.who = append(p.who, e.PersonID)
		}
		if len(h.asks[x.ID].Asks) > 0 {
			p.asked = append(p.asked, x.ID)
		}
	}
	p.who = slices.Compact(slices.SortedFunc(slices.Values(p.who), func(x, y id.ID) int { return bytes.Compare(x[:], y[:]) }))
	return p, nil
}

func (p page) size() int64 {
	n := 200 + 16*(len(p.who)+len(p.asked))
	for _, r := range p.posts {
		n += 400 + len(r.head) + len(r.words) + len(r.mind) + len(r.tail) + 100*len(r.reactions)
	}
	return int64(n)
}

// What render cuts a post's JSON at. None can stand inside of a text, where quotes
// have a backslash before them.
var cuts = func() (out [4][]byte) {
	for i, v := range []any{
		struct {
			A people.PersonRef `json:"author"`
		}{},
		struct {
			R []ReactionView `json:"reactions"`
		}{[]ReactionView{}},
		struct {
			A AskViews `json:"asks"`
		}{AskViews{}},
		struct {
			M PostMay `json:"may"`
		}{},
	} {
		b, _ := web.Encode(v)
		out[i] = b[1 : len(b)-1]
	}
	return out
}()

var errCut = errors.New("spaces: a post's JSON is not as the page expects it")

func render(p Post, h hung) (r rendered, err error) {
	v := p.view(h)
	v.Author, v.Reactions, v.Asks, v.May = people.PersonRef{}, []ReactionView{}, AskViews{}, PostMay{}
	rest, err := web.Encode(v)
	if err != nil {
		return r, err
	}
	for i, piece := range []*[]byte{&r.head, &r.words, &r.mind, &r.tail} {
		var ok bool
		if *piece, rest, ok = bytes.Cut(rest, cuts[i]); !ok {
			return r, errCut
		}
	}
	r.post, r.reactions = p, h.reactions[p.ID]
	r.post.Markdown, r.post.HTML, r.post.Mentions.V = "", "", nil
	return r, nil
}

// pageJSON writes a page of posts for one reader.
func (s *Service) pageJSON(ctx context.Context, q db.Queryer, a actor.Actor, thread id.ID, after, before int64, limit int) ([]byte, error) {
	row, err := s.threadFor(ctx, q, a, thread)
	if err != nil {
		return nil, err
	}
	t := row.Thread
	p, err := s.getPage(ctx, q, a, t, after, before, limit)
	if err != nil {
		return nil, err
	}
	since, err := s.since(ctx, q, a, row)
	if err != nil {
		return nil, err
	}
	asks := map[id.ID]PostAsks{}
	if len(p.asked) > 0 {
		if asks, err = s.near.PostAsks(ctx, q, a, p.asked); err != nil {
			return nil, err
		}
	}
	who, err := s.refs(ctx, q, a.Workspace, p.who)
	if err != nil {
		return nil, err
	}
	w := pageWriter{actor: a, space: row.seen(), who: who, names: map[id.ID][]byte{}, asks: asks}
	w.out = append(make([]byte, 0, p.size()+1000), `{"items":[`...)
	for i, r := range p.posts {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.post(r)
	}
	w.out = append(w.out, ']')
	var edge PostPage
	edge.ends(p.edges(t, after, before))
	w.field("next", edge.Next)
	w.field("previous", edge.Previous)
	w.field("since", since.view())
	w.out = append(w.out, "}\n"...)
	return w.out, w.err
}

// edges says where a page begins and ends and whether there is more on each side.
func (p page) edges(t Thread, after, before int64) (first, last int64, older, newer bool) {
	if before != 0 {
		older, newer = p.more, before > 0 && before <= t.LastN
	} else {
		older, newer = after > 0, p.more
	}
	if n := len(p.posts); n > 0 {
		first, last = p.posts[0].post.N, p.posts[n-1].post.N
	}
	return first, last, older, newer
}

// pageWriter puts the pieces together.
type pageWriter struct {
	out   []byte
	err   error
	actor actor.Actor
	space seen
	who   map[id.ID]people.PersonRef
	names map[id.ID][]byte // JSON of those written already
	asks  map[id.ID]PostAsks
}

func (w *pageWriter) post(r rendered) {
	w.out = append(w.out, r.head...)
	w.key("author")
	w.out = append(w.out, w.name(r.post.Author)...)
	w.out = append(w.out, r.words...)
	w.key("reactions")
	if len(r.reactions) == 0 {
		w.out = append(w.out, "[]"...)
	} else {
		w.value(reactionViews(r.reactions, w.who, w.actor.Person))
	}
	w.out = append(w.out, r.mind...)
	w.key("asks")
	w.out = append(w.out, '[')
	for i, ask := range w.asks[r.post.ID].Asks {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.value(ask)
	}
	w.out = append(w.out, ']')
	w.out = append(w.out, r.tail...)
	w.key("may")
	w.out = append(w.out, `{"edit":`...)
	w.out = strconv.AppendBool(w.out, mayEditPost(w.actor, r.post, w.space))
	w.out = append(w.out, `,"delete":`...)
	w.out = strconv.AppendBool(w.out, mayDeletePost(w.actor, r.post, w.space))
	w.out = append(w.out, "}}"...)
}

func (w *pageWriter) key(name string) {
	w.out = append(w.out, '"')
	w.out = append(w.out, name...)
	w.out = append(w.out, `":`...)
}

func (w *pageWriter) field(name string, v any) {
	w.out = append(w.out, ',')
	w.key(name)
	w.value(v)
}

func (w *pageWriter) value(v any) {
	if a, ok := v.(web.Appender); ok {
		w.out = a.AppendJSON(w.out)
		return
	}
	b, err := web.Encode(v)
	w.out, w.err = append(w.out, b...), errors.Join(w.err, err)
}

func (w *pageWriter) name(x id.ID) []byte {
	b, ok := w.names[x]
	if !ok {
		var err error
		b, err = web.Encode(w.who[x])
		w.names[x], w.err = b, errors.Join(w.err, err)
	}
	return b
}

// threadFor reads a thread with its space and how the actor stands to both: one query.
func (s *Service) threadFor(ctx context.Context, q db.Queryer, a actor.Actor, thread id.ID) (threadRow, error) {
	rows, err := threadsByID(ctx, q, a, []id.ID{thread})
	if err == nil && len(rows) == 0 {
		err = fault.Missing("thread")
	}
	if err != nil {
		return threadRow{}, err
	}
	return rows[0], nil
}

// TouchTx says that what hangs on a post of a thread changed: an ask was made on
// it, or it answers one no longer. A new post says so by itself.
func (s *Service) TouchTx(ctx context.Context, tx *db.Tx, thread id.ID) error {
	return touch(ctx, tx, thread)
}
