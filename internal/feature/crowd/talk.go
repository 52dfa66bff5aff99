package crowd

import (
	"context"
	"math"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// The history is two years long, and there was less to say in its beginning.
const history = 2 * 365 * 24 * time.Hour

const (
	quiet  = 0.9 // of the posts are older than what is asked still
	bundle = 6000
)

// talk is a thread with what hangs on its posts.
type talk struct {
	spaces.BulkThread
	asks  []hung
	news  []News // Posts and Person are known before it is written
	words []any  // of the thread and then of each post
}

// hung is an ask on the post with an index.
type hung struct {
	post int
	ask  asks.Bulk
}

// fillThreads invents on one processor and writes on the other.
func (g *generator) fillThreads(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	bundles := make(chan []*talk, 2)
	go func() {
		defer close(bundles)
		for done, threads := 0, 0; done < g.Posts; {
			var list []*talk
			for posts := 0; posts < bundle && done < g.Posts; threads++ {
				t := g.talk(threads, done)
				list, posts, done = append(list, t), posts+len(t.Written), done+len(t.Written)
			}
			select {
			case bundles <- list:
			case <-ctx.Done():
				return
			}
		}
	}()
	for list := range bundles {
		if err := g.write(ctx, func(ctx context.Context, tx *db.Tx) error { return g.put(ctx, tx, list) }); err != nil {
			return err
		}
		g.count(list)
		g.progress("Posts", int64(g.made.Posts), int64(g.Posts))
	}
	return ctx.Err()
}

func (g *generator) put(ctx context.Context, tx *db.Tx, list []*talk) error {
	threads := make([]*spaces.BulkThread, len(list))
	for i, t := range list {
		threads[i] = &t.BulkThread
	}
	if err := g.Spaces.BulkTx(ctx, tx, threads); err != nil {
		return err
	}
	var asked []*asks.Bulk
	var news []News
	var found []Found
	for _, t := range list {
		found = t.found(found)
		for i := range t.asks {
			a := &t.asks[i].ask
			a.ThreadID, a.PostID = t.ID, t.Written[t.asks[i].post].ID
			asked = append(asked, a)
		}
		for _, n := range t.news {
			n.Thread, n.Space, n.Post = t.ID, t.Space, t.Written[len(t.Written)-1].ID
			news = append(news, n)
		}
	}
	if err := g.House.Asks.BulkTx(ctx, tx, asked); err != nil {
		return err
	}
	if err := g.Find(ctx, tx, found); err != nil {
		return err
	}
	return g.Plan(ctx, tx, asked, news)
}

// found adds a thread and its posts to what is to be found.
func (t *talk) found(out []Found) []Found {
	out = append(out, Found{
		ID: t.ID, Thread: t.ID, Space: t.Space, Author: t.OpenedBy, At: t.OpenedAt, Concluded: t.Concluded(), Words: t.words[0],
	})
	for i, p := range t.Written {
		out = append(out, Found{ID: p.ID, Thread: t.ID, Space: t.Space, Author: p.Author, At: p.CreatedAt, Words: t.words[i+1]})
	}
	return out
}

func (g *generator) count(list []*talk) {
	for _, t := range list {
		g.made.Threads++
		g.made.Posts += len(t.Written)
		g.made.Reactions += len(t.Reactions)
		g.made.Asks += len(t.asks)
		for _, a := range t.asks {
			if a.ask.State == asks.Open {
				g.made.Open++
			}
		}
		if len(t.Written) > g.made.longest {
			g.made.longest, g.made.Longest = len(t.Written), t.ID
		}
	}
}

// length is how many posts a thread has: few, and every 400th very many, though
// never so many that the history ends with it.
func (g *generator) length(thread int) int {
	if thread%400 == 50 {
		return min(200+g.r.IntN(1500), max(60, g.Posts/20))
	}
	return 1 + int(math.Exp(1.2+g.r.NormFloat64()))
}

// at is when the post of a number was written.
func (g *generator) at(post int) clock.Instant {
	gone := math.Sqrt(float64(post) / float64(g.Posts))
	return g.now.Add(-time.Duration(float64(history) * (1 - gone)))
}

// talk invents a thread that begins with the post of a number.
func (g *generator) talk(thread, from int) *talk {
	n := min(g.length(thread), g.Posts-from)
	in := &g.places[g.rank(len(g.places))]
	at := g.at(from)
	t := &talk{words: make([]any, 1, n+1)}
	t.Space, t.Title, t.OpenedAt = in.id, g.say.phrase(3+g.r.IntN(6)), at
	if g.r.IntN(3) == 0 {
		t.Purpose = g.say.phrase(6+g.r.IntN(12)) + "."
	}
	pause := min(5*time.Hour, g.now.Sub(at)/time.Duration(n+1)) // between posts, on the average
	voices := []int{g.some(in), g.some(in), g.some(in), g.some(in), g.some(in)}
	t.OpenedBy = g.people[voices[0]]
	last := map[int]int64{} // the number of each one's last post
	for i := range n {
		who := voices[min(len(voices)-1, g.r.IntN(1+min(i, len(voices))))]
		p, plain := g.post(from+i, at, who, voices)
		t.Written = append(t.Written, p)
		t.words = append(t.words, g.Words(g.owner.Workspace, plain))
		g.react(t, in, int64(i+1))
		g.hang(t, in, i, from+i, who)
		last[who] = int64(i + 1)
		at = min(g.now-1, at.Add(time.Duration(g.r.ExpFloat64()*float64(pause)))+1)
	}
	t.LastPostAt, t.LastN, t.Posts = t.Written[n-1].CreatedAt, int64(n), int64(n)
	g.conclude(t, float64(from)/float64(g.Posts))
	g.follow(t, in, voices, last)
	about := t.Purpose
	if t.Concluded() {
		about = t.ConclusionMarkdown + "\n" + about
	}
	t.words[0] = g.Words(g.owner.Workspace, t.Title+" "+about)
	return t
}

func (g *generator) post(number int, at clock.Instant, who int, voices []int) (p spaces.Post, plain string) {
	begin := ""
	switch { // a post of each hundred is Mid's, though it were Common's too
	case number%max(1, g.Posts/10) == 2:
		begin = Rare
	case number%100 == 1:
		begin = Mid
	case number%3 == 0:
		begin = Common
	}
	p = spaces.Post{Author: g.people[who], CreatedAt: at, Mentions: db.JSON[[]id.ID]{V: []id.ID{}}, Info: true}
	p.Markdown = g.say.post(begin)
	if other := voices[g.r.IntN(len(voices))]; other != who && other != 0 && g.r.IntN(12) == 0 {
		p.Markdown = "@" + handle(other) + " " + p.Markdown
		p.Mentions.V = append(p.Mentions.V, g.people[other])
	}
	body := text.Read(p.Markdown)
	p.HTML = body.HTML
	return p, body.Plain
}

var emojis = []string{"👍", "🎉", "👀", "🙏", "✅", "🚀"}

func (g *generator) react(t *talk, p *place, n int64) {
	if g.r.IntN(8) != 0 {
		return
	}
	for range 1 + g.r.IntN(4) {
		t.Reactions = append(t.Reactions, spaces.BulkReaction{N: n, Emoji: emojis[g.rank(len(emojis))], Person: g.people[g.some(p)]})
	}
}

// conclude ends a third of the threads that are not among the newest.
func (g *generator) conclude(t *talk, age float64) {
	last := &t.Written[len(t.Written)-1]
	if age >= quiet || t.hasOpen() || g.r.IntN(3) != 0 {
		return
	}
	t.ConclusionMarkdown = "We " + g.say.word() + " " + g.say.phrase(6+g.r.IntN(10)) + "."
	t.ConclusionHTML = text.Read(t.ConclusionMarkdown).HTML
	t.ConcludedBy, t.ConcludedAt = last.Author, last.CreatedAt+1
}

func (t *talk) hasOpen() bool {
	for _, a := range t.asks {
		if a.ask.State == asks.Open {
			return true
		}
	}
	return false
}

// unread is how long news stays news.
const unread = 14 * 24 * time.Hour

// follow says who follows a thread and how far they have read: of the old ones
// everything, of the new ones some have something before them.
func (g *generator) follow(t *talk, p *place, voices []int, last map[int]int64) {
	fresh := g.now.Sub(t.LastPostAt) < unread
	if !fresh {
		t.BaseN = t.LastN
	}
	seen := map[int]bool{}
	for k := range len(voices) + 3 {
		who := -1
		if k < len(voices) {
			who = voices[k]
		} else if fresh {
			who = g.some(p)
		}
		if who < 0 || seen[who] || (last[who] == 0 && !fresh) {
			continue
		}
		seen[who] = true
		read := t.LastN
		if fresh && g.r.IntN(2) == 0 {
			read = last[who]
		}
		pos := spaces.BulkPosition{Person: g.people[who], ReadN: read}
		if read > 0 {
			pos.ReadAt = t.LastPostAt
		}
		t.Positions = append(t.Positions, pos)
		if more := t.LastN - read; more > 0 {
			t.news = append(t.news, News{Person: g.people[who], Who: t.Written[t.LastN-1].Author, Posts: more, At: t.LastPostAt})
		}
	}
}
