package slack_test

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/importers/slack"
)

// generate writes an export of n messages over channels and days, a third of them
// replies, some to threads of weeks ago, with the blocks that Slack writes beside texts.
func generate(t testing.TB, n, channels, days int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "generated.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	g := &generator{r: rand.New(rand.NewPCG(1, 2)), perDay: n / channels / days, day: 86_400 * 1_000_000}
	var names []string
	for c := range channels {
		names = append(names, fmt.Sprintf(`{"id":"C%d","name":"channel-%d"}`, c, c))
		var roots []int64
		for d := range days {
			w, err := z.Create(fmt.Sprintf("channel-%d/%04d-%02d-%02d.json", c, 2020+d/336, d/28%12+1, d%28+1))
			if err != nil {
				t.Fatal(err)
			}
			b := bufio.NewWriter(w)
			roots = g.write(b, int64(d), roots)
			b.Flush()
		}
	}
	for name, content := range map[string]string{"users.json": oneUser, "channels.json": "[" + strings.Join(names, ",") + "]"} {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if z.Close() != nil || f.Close() != nil {
		t.Fatal("the archive was not written")
	}
	return path
}

type generator struct {
	r      *rand.Rand
	perDay int
	day    int64
}

func (g *generator) write(w io.Writer, day int64, roots []int64) []int64 {
	fmt.Fprint(w, "[")
	for i := range g.perDay {
		ts := 1_577_836_800_000_000 + day*g.day + int64(i)*(g.day/int64(g.perDay))
		thread := ""
		if len(roots) > 0 && g.r.IntN(3) == 0 {
			back := min(len(roots), 1+g.r.IntN(1+g.r.IntN(1+len(roots))))
			root := roots[len(roots)-back]
			thread = fmt.Sprintf(`,"thread_ts":"%d.%06d"`, root/1_000_000, root%1_000_000)
		} else {
			roots = append(roots, ts)
		}
		text, _ := json.Marshal(g.text())
		comma := ""
		if i > 0 {
			comma = ",\n"
		}
		fmt.Fprintf(w, `%s{"client_msg_id":"%016x","type":"message","user":"U1","team":"T1","ts":"%d.%06d"%s,"text":%s,"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":%s}]}]}]}`,
			comma, g.r.Uint64(), ts/1_000_000, ts%1_000_000, thread, text, text)
	}
	fmt.Fprint(w, "]")
	return roots
}

func (g *generator) text() string {
	words := make([]string, 5+g.r.IntN(30))
	for i := range words {
		words[i] = fmt.Sprintf("w%x", g.r.Uint32N(1<<16))
	}
	return "*" + words[0] + "* <@U1> " + strings.Join(words[1:], " ") + " :tada:"
}

// peak reads all threads and gives the most memory that was in use, in bytes.
func peak(t testing.TB, a *slack.Archive) (messages int, most uint64) {
	t.Helper()
	var m runtime.MemStats
	n := 0
	for _, c := range a.Channels() {
		for th, err := range a.Threads(context.Background(), c.Key, "") {
			if err != nil {
				t.Fatal(err)
			}
			messages += 1 + len(th.Replies)
			if n++; n%4000 == 0 {
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
		}
	}
	return messages, most
}

func TestMemoryStaysSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 60,000 messages")
	}
	a := open(t, generate(t, 60_000, 1, 60))
	messages, most := peak(t, a)
	if messages != 60_000 || messages != a.Report().Messages {
		t.Errorf("read %d messages, the report says %d", messages, a.Report().Messages)
	}
	if most > 128<<20 {
		t.Errorf("%d MiB in use, want at most 128", most>>20)
	}
}

// BenchmarkImport reads 200,000 messages, first to check and then as threads. The floor is
// the same bytes inflated and found to be JSON.
func BenchmarkImport(b *testing.B) {
	path := generate(b, 200_000, 4, 250)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			a, err := slack.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			a.Close()
		}
		b.ReportMetric(200_000*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	})
	b.Run("threads", func(b *testing.B) {
		a := open(b, path)
		var most uint64
		for b.Loop() {
			_, m := peak(b, a)
			most = max(most, m)
		}
		b.ReportMetric(200_000*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
		b.ReportMetric(float64(most>>20), "peak-MiB")
	})
	b.Run("floor", func(b *testing.B) {
		for b.Loop() {
			floor(b, path)
		}
		b.ReportMetric(200_000*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	})
}

func floor(b *testing.B, path string) {
	z, err := zip.OpenReader(path)
	if err != nil {
		b.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil || !json.Valid(content) {
			b.Fatal("not JSON")
		}
		r.Close()
	}
}
