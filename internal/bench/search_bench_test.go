package bench

import (
	"archive/zip"
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/db"
)

// messages are how many an export has: 50,000, or as many as MESSAGES says.
var messages = func() int {
	if n, err := strconv.Atoi(os.Getenv("MESSAGES")); err == nil && n > 0 {
		return n
	}
	return 50_000
}()

// said writes what message i says: words as often as language has them, and three
// whose number is known: "zebra" 10 times, "harbour" in every hundredth, "launch"
// in every third.
func said(r *rand.Rand, z *rand.Zipf, i int) string {
	out := make([]string, 5+r.IntN(30))
	for w := range out {
		out[w] = "w" + words(int(z.Uint64()))
	}
	if i%3 == 0 {
		out[0] = "launch"
	}
	if i%100 == 1 {
		out[0] = "harbour"
	}
	if i%5000 == 2 {
		out[0] = "zebra"
	}
	return strings.Join(out, " ")
}

func sayer() func(i int) string {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same every time
	z := rand.NewZipf(r, 1.1, 4, 40_000)
	return func(i int) string { return said(r, z, i) }
}

// People, channels and days of an export.
const (
	writers  = 200
	channels = 40
	days     = 250
)

// export writes a Slack export: channels of very different sizes over many days, a
// half of the messages in threads that are short or long, some with mentions, marks
// and reactions. It is the same every time.
func export(b testing.TB) string {
	path := filepath.Join(b.TempDir(), "export.zip")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	z := zip.NewWriter(f)
	x := &exporter{say: sayer(), r: rand.New(rand.NewPCG(3, 4)), left: messages} //nolint:gosec // the same every time
	x.file(b, z, "users.json", func(w *bufio.Writer) {
		for i := range writers {
			fmt.Fprintf(w, `%c{"id":"U%d","name":"user%s","real_name":"Person %s","tz":"Africa/Accra","profile":{"email":"user%d@example.org"}}`, "[,"[min(i, 1)], i, words(i), words(i), i)
		}
		fmt.Fprint(w, "]")
	})
	x.file(b, z, "channels.json", func(w *bufio.Writer) {
		for c := range channels {
			fmt.Fprintf(w, `%c{"id":"C%d","name":"channel-%d","creator":"U1","members":["U1","U2","U3"],"created":1690000000}`, "[,"[min(c, 1)], c, c)
		}
		fmt.Fprint(w, "]")
	})
	total := 0.0
	for c := range channels {
		total += 1 / float64(c+2)
	}
	for c := range channels {
		n := int(float64(messages)/float64(c+2)/total) + 1
		if c == channels-1 {
			n = x.left
		}
		x.channel(b, z, c, min(n, x.left))
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

type exporter struct {
	say   func(int) string
	r     *rand.Rand
	left  int
	at    int
	roots []string
}

func (x *exporter) file(b testing.TB, z *zip.Writer, name string, write func(*bufio.Writer)) {
	w, err := z.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriter(w)
	write(out)
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
}

// channel writes n messages, evenly over the days.
func (x *exporter) channel(b testing.TB, z *zip.Writer, c, n int) {
	x.roots = nil
	x.left -= n
	for day := range days {
		if day == days-1 {
			x.day(b, z, c, day, n)
			return
		}
		today := n / (days - day)
		if n -= today; today > 0 {
			x.day(b, z, c, day, today)
		}
	}
}

func (x *exporter) day(b testing.TB, z *zip.Writer, c, day, n int) {
	x.file(b, z, fmt.Sprintf("channel-%d/%04d-%02d-%02d.json", c, 2022+day/336, 1+day/28%12, 1+day%28), func(w *bufio.Writer) {
		for i := range n {
			ts := fmt.Sprintf("%d.%06d", 1_650_000_000+day*86_400+i*80_000/n, x.r.IntN(1_000_000)/10*10+c%10)
			fmt.Fprintf(w, `%c{"client_msg_id":"%016x-%d","type":"message","user":"U%d","ts":"%s","team":"T1"%s,"text":%q}`,
				"[,"[min(i, 1)], x.r.Uint64(), x.at, x.r.IntN(writers), ts, x.details(ts), x.text())
			x.at++
		}
		if n == 0 {
			fmt.Fprint(w, "[")
		}
		fmt.Fprint(w, "]")
	})
}

// details makes half of the messages replies to one of the newest roots, and gives
// every tenth reactions.
func (x *exporter) details(ts string) (out string) {
	if len(x.roots) > 0 && x.r.IntN(2) == 0 {
		out = fmt.Sprintf(`,"thread_ts":%q,"parent_user_id":"U1"`, x.roots[x.r.IntN(len(x.roots))])
	} else if x.roots = append(x.roots, ts); len(x.roots) > 8 {
		x.roots = x.roots[1:]
	}
	if x.r.IntN(10) == 0 {
		out += `,"reactions":[{"name":"thumbsup","users":["U1","U2"],"count":2},{"name":"eyes","users":["U3"],"count":1}]`
	}
	return out
}

func (x *exporter) text() string {
	said := x.say(x.at)
	switch x.r.IntN(8) {
	case 0:
		return fmt.Sprintf("<@U%d> %s", x.r.IntN(writers), said)
	case 1:
		return said + " *soon*\nand https://example.org/" + words(x.at)
	}
	return said
}

// bring imports an export and waits until all of it is found by search.
func (h *house) bring(path string) {
	r, err := h.app.Importers.Run(context.Background(), h.owner.Workspace, h.owner, path, false, nil)
	h.must(err)
	if r.Posts < int64(messages) {
		h.t.Fatalf("%d posts came in, want %d", r.Posts, messages)
	}
	h.must(h.app.Settle(context.Background()))
}

// fill writes the same posts into a bare table with a full-text index.
func fill(b *testing.B, engine db.Engine) *bare {
	statements := []string{`CREATE TABLE floor_posts (n INTEGER PRIMARY KEY, body TEXT)`, `CREATE VIRTUAL TABLE floor_words USING fts5(body, content='')`}
	index := `INSERT INTO floor_words (rowid, body) VALUES ($1, $2)`
	if engine == db.Postgres {
		statements[1] = `CREATE TABLE floor_words (n INTEGER PRIMARY KEY, words TSVECTOR)`
		index = `INSERT INTO floor_words (n, words) VALUES ($1, to_tsvector('simple', $2))`
		statements = append(statements, `CREATE INDEX ON floor_words USING GIN (words)`)
	}
	x := newBare(b, engine, statements...)
	say := sayer()
	body := make([]string, messages)
	for i := range body {
		body[i] = say(i)
	}
	x.bulk(`INSERT INTO floor_posts (n, body) VALUES ($1, $2)`, messages, func(i int) []any { return []any{i, body[i]} })
	x.bulk(index, messages, func(i int) []any { return []any{i, body[i]} })
	return x
}

// 50,000 messages of a Slack export until the last can be found by search. The
// floor writes the same words into a bare table and the engine's own full-text index.
func BenchmarkImport(b *testing.B) {
	path := export(b)
	both(b, func(b *testing.B, engine db.Engine) {
		beside(b, "messages",
			func() lap {
				h := open(b, engine, nil)
				return once(messages, func() { h.bring(path) })
			},
			side{"rows", func() lap { return once(messages, func() { fill(b, engine) }) }})
	})
}

// A search among 50,000 posts for a rare, a middling and a common word. The floor
// asks the engine's own index and reads the rows found.
func BenchmarkSearch(b *testing.B) {
	path := export(b)
	both(b, func(b *testing.B, engine db.Engine) {
		h := open(b, engine, nil)
		h.bring(path)
		h.serve()
		x := fill(b, engine)
		text := `SELECT n, body FROM floor_posts WHERE n IN (SELECT rowid FROM floor_words WHERE floor_words MATCH $1 ORDER BY rowid DESC LIMIT 20)`
		if engine == db.Postgres {
			text = `SELECT n, body FROM floor_posts WHERE n IN (SELECT n FROM floor_words WHERE words @@ to_tsquery('simple', $1) ORDER BY n DESC LIMIT 20)`
		}
		for _, c := range []struct{ name, word string }{{"rare", "zebra"}, {"mid", "harbour"}, {"common", "launch"}} {
			b.Run(c.name, func(b *testing.B) {
				reads(b, "searches", h, h.token, "/api/v1/search?q="+c.word, x.page(text, 2, c.word))
			})
		}
	})
}
