package bench

import (
	"archive/zip"
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/db"
)

const messages = 50_000

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

// export writes a Slack export of four channels over fifty days, a third of it replies.
func export(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "export.zip")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	z := zip.NewWriter(f)
	put := func(name, content string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	put("users.json", `[{"id":"U1","name":"kofi","real_name":"Kofi Mensah","tz":"Africa/Accra","profile":{"email":"kofi@example.org"}},{"id":"U2","name":"mei","real_name":"Mei Tanaka","tz":"Asia/Taipei","profile":{"email":"mei@example.org"}}]`)
	var channels []string
	say, at := sayer(), 0
	for c := range 4 {
		channels = append(channels, fmt.Sprintf(`{"id":"C%d","name":"channel-%d","creator":"U1","members":["U1","U2"],"created":1700000000}`, c, c))
		for day := range 50 {
			w, err := z.Create(fmt.Sprintf("channel-%d/2023-%02d-%02d.json", c, 1+day/28, 1+day%28))
			if err != nil {
				b.Fatal(err)
			}
			out := bufio.NewWriter(w)
			root := 0
			for i := range messages / 200 {
				ts, in := 1_700_000_000+day*86_400+i*30, ""
				if i%3 == 2 {
					in = fmt.Sprintf(`,"thread_ts":"%d.000000"`, root)
				} else {
					root = ts
				}
				fmt.Fprintf(out, `%c{"type":"message","user":"U%d","ts":"%d.000000"%s,"text":%q}`, "[,"[min(i, 1)], 1+i%2, ts, in, say(at))
				at++
			}
			fmt.Fprint(out, "]")
			if err := out.Flush(); err != nil {
				b.Fatal(err)
			}
		}
	}
	put("channels.json", "["+strings.Join(channels, ",")+"]")
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// bring imports an export and waits until all of it is found by search.
func (h *house) bring(path string) {
	r, err := h.app.Importers.Run(context.Background(), h.owner.Workspace, h.owner, path, false, nil)
	h.must(err)
	if r.Posts < messages {
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
