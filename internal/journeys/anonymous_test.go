package journeys_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// club is a workspace whose members vote without names.
type club struct {
	*world
	o       app.Options
	space   string
	members []*member
	logged  *locked
}

type member struct {
	*visitor
	id      string
	receipt string
	code    string
	reason  string // on their ballot, and on nobody else's
}

// locked is a log that many write to.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// clubs tells a story on both engines.
func clubs(t *testing.T, story func(t *testing.T, c *club)) {
	t.Helper()
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			database := ""
			if engine == db.Postgres {
				if testing.Short() {
					t.Skip("PostgreSQL is left out of the quick loop")
				}
				database = testkit.PostgresURL(t)
			}
			var o app.Options
			w := newWorld(t, testkit.Monday, database, func(given *app.Options) { o = *given })
			story(t, newClub(w, o))
		})
	}
}

func newClub(w *world, o app.Options) *club {
	c := &club{world: w, o: o, logged: &locked{}}
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(c.logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	w.t.Cleanup(func() { slog.SetDefault(old) })
	ana := w.owner()
	c.space = str(ana.do("POST", "/spaces", map[string]any{"name": "Club"}, 201), "id")
	c.members = []*member{{visitor: ana, id: str(ana.get("/me"), "person", "id")}}
	for _, name := range []string{"Ben", "Cleo", "Dan", "Eve", "Finn"} {
		v, person := w.join(ana, name, "Europe/Lisbon")
		c.members = append(c.members, &member{visitor: v, id: person})
	}
	return c
}

func (c *club) ask(title string, early bool) (path string) {
	c.t.Helper()
	var people []string
	for _, m := range c.members {
		people = append(people, m.id)
	}
	d := c.members[0].do("POST", "/decisions", map[string]any{
		"space": c.space, "title": title, "kind": "majority", "people": people, "open": true,
		"options": []any{map[string]any{"name": "Paint it"}, map[string]any{"name": "Leave it"}},
		"rules":   map[string]any{"anonymous": true, "early": early, "share": "most"},
	}, 201)
	return "/decisions/" + str(d, "id")
}

// vote casts a ballot with a reason of its own, from the voter's own program.
func (m *member) vote(path, choice string, want int) {
	m.w.t.Helper()
	if m.receipt == "" {
		m.receipt = rand.Text()
	}
	m.reason = rand.Text() + strings.Repeat("x", mathrand.IntN(200)) //nolint:gosec // lengths for a test
	got := m.do("PUT", path+"/sealed-ballot", map[string]any{"choice": choice, "reason": m.reason, "receipt": m.receipt}, want)
	m.code = str(got, "code")
}

func (m *member) reset() { m.receipt, m.code, m.reason = "", "", "" }

func TestAVoteWithoutNames(t *testing.T) {
	clubs(t, func(t *testing.T, c *club) {
		path := c.ask("Shall we paint the clubhouse?", true)
		ana, ben := c.members[0], c.members[1]
		if got := ben.get(path + "/secrecy"); at(got, "anonymous") != true || len(at(got, "kept").([]any)) < 4 || at(got, "state") != "open" {
			t.Errorf("the ballot says of itself %v", got)
		}
		first := map[*member]string{}
		for i, m := range c.members[:5] {
			m.vote(path, "AB"[i%2:i%2+1], 200)
			first[m] = m.reason
		}
		code, old := ben.code, ben.reason
		if ben.vote(path, "A", 200); ben.code != code {
			t.Errorf("the code became %s from %s", ben.code, code)
		}
		kept, reason := ben.receipt, ben.reason
		ben.receipt = ""
		ben.vote(path, "A", 409) // with a receipt that is another
		ben.receipt, ben.reason, ben.code = kept, reason, code
		ana.do("PUT", path+"/ballot", map[string]any{"choice": "A"}, 409)
		ana.do("DELETE", path+"/ballot", nil, 409)
		c.hidden(path)

		c.members[5].vote(path, "A", 200) // the last ends it
		c.settle()
		c.opened(path, old)
	})
}

// hidden checks that before the end nothing says what anybody voted.
func (c *club) hidden(path string) {
	c.t.Helper()
	ana := c.members[0]
	if d := ana.get(path); at(d, "result") != nil || at(d, "hidden") != "until_closed" || at(d, "voted") != 5.0 {
		c.t.Errorf("while it is open the decision says %v", d)
	}
	for _, list := range []string{"/opened-ballots", "/receipts", "/ballots"} {
		if got := ana.list(path + list); len(got) > 0 {
			c.t.Errorf("%s lists %v before the end", list, got)
		}
	}
	c.settle()
	everything := c.everything()
	for _, m := range c.members[:5] {
		for what, secret := range map[string]string{"reason": m.reason, "receipt": m.receipt, "code": m.code} {
			for place, b := range everything {
				if strings.Contains(b, secret) || strings.Contains(b, hex.EncodeToString([]byte(secret))) {
					c.t.Errorf("%s holds the %s of a ballot before the end", place, what)
				}
			}
		}
	}
	if log := c.logged.String(); !strings.Contains(log, "sealed-ballot") {
		c.t.Error("requests are not logged: this test looks in the wrong place")
	}
}

// everything is all that lies about: tables, the files of the embedded database, the log.
func (c *club) everything() map[string]string {
	c.t.Helper()
	out := c.tables()
	out["the log"] = c.logged.String()
	for _, name := range []string{"meantime.db", "meantime.db-wal"} {
		b, _ := os.ReadFile(filepath.Join(c.o.Data, name))
		out[name] = string(b)
	}
	return out
}

// tables reads every row of every table.
func (c *club) tables() map[string]string {
	c.t.Helper()
	out := map[string]string{}
	file := filepath.Join(c.t.TempDir(), "backup.tar")
	if err := app.Backup(context.Background(), app.Options{Data: c.o.Data, Database: c.o.Database}, file, func(string, int64, int64) {}); err != nil {
		c.t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		c.t.Fatal(err)
	}
	out["a backup"] = string(b)
	return out
}

// opened checks what is known in the end.
func (c *club) opened(path, replaced string) {
	c.t.Helper()
	ana := c.members[0]
	d := ana.get(path)
	if at(d, "state") != "closed" || at(d, "result", "voted") != 6.0 || at(d, "result", "missing") != 0.0 {
		c.t.Fatalf("in the end the decision says %v", d)
	}
	var reasons, codes []string
	for _, b := range ana.list(path + "/opened-ballots") {
		reasons = append(reasons, str(b, "marks", "reason"))
	}
	for _, r := range ana.list(path + "/receipts") {
		codes = append(codes, str(r, "code"))
	}
	if len(reasons) != 6 || slices.Contains(reasons, replaced) || !slices.IsSorted(codes) {
		c.t.Errorf("listed are %v and %v", reasons, codes)
	}
	for _, m := range c.members {
		sum := sha256.Sum256([]byte("meantime receipt " + strings.TrimPrefix(path, "/decisions/") + " " + m.receipt))
		if m.code != hex.EncodeToString(sum[:10]) || !slices.Contains(codes, m.code) || !slices.Contains(reasons, m.reason) {
			c.t.Errorf("somebody's ballot or receipt is not listed")
		}
	}
	if left, _ := os.ReadDir(filepath.Join(c.o.Data, "keys")); len(left) > 0 {
		c.t.Errorf("keys are left: %v", left)
	}
	if got := ana.get(path + "/secrecy"); at(got, "state") != "opened" {
		c.t.Errorf("the box is %v", got)
	}
	for place, b := range c.everything() {
		for _, m := range c.members {
			if strings.Contains(b, m.receipt) {
				c.t.Errorf("%s holds a receipt in the end", place)
			}
		}
		if strings.Contains(b, replaced) {
			c.t.Errorf("%s holds a ballot that was replaced", place)
		}
	}
}

// The whole house keeps no order by which ballots could be joined to voters: an
// administrator tries those that its lists give, over many small votes.
func TestTheHouseJoinsNoBallotToItsVoter(t *testing.T) {
	clubs(t, func(t *testing.T, c *club) {
		votes := 40
		if testing.Short() || c.app.DB.Engine == db.Postgres {
			votes = 15
		}
		hits := map[string]int{}
		for i := range votes {
			c.elect(i, hits)
		}
		n := float64(votes * len(c.members))
		chance := 1 / float64(len(c.members))
		most := chance + 4.5*math.Sqrt(chance*(1-chance)/n)
		for signal, right := range hits {
			rate := float64(right) / n
			t.Logf("%-32s %5.1f %%; chance is %.1f %%, refused above %.1f %%", signal, 100*rate, 100*chance, 100*most)
			if rate > most {
				t.Errorf("by %s a ballot is joined to its voter %.0f %% of the time", signal, 100*rate)
			}
		}
	})
}

// elect holds one vote, and counts how often each order gives the voter of a ballot.
func (c *club) elect(n int, hits map[string]int) {
	c.t.Helper()
	path := c.ask(fmt.Sprintf("Vote %d", n), true)
	order := slices.Clone(c.members)
	mathrand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	for _, m := range order {
		m.reset()
		c.clock.Advance(time.Second)
		m.vote(path, "AB"[mathrand.IntN(2):][:1], 200) //nolint:gosec // a choice for a test
	}
	c.settle()
	var reasons, codes []string
	for _, b := range c.members[0].list(path + "/opened-ballots") {
		reasons = append(reasons, str(b, "marks", "reason"))
	}
	for _, r := range c.members[0].list(path + "/receipts") {
		codes = append(codes, str(r, "code"))
	}
	var listed []string
	for _, v := range c.members[0].list(path + "/voters") {
		listed = append(listed, str(v, "person", "id"))
	}
	for i, m := range order {
		where := slices.Index(reasons, m.reason)
		if where < 0 || len(reasons) != len(order) {
			c.t.Fatalf("of %d ballots one is not listed: %v", len(order), reasons)
		}
		for signal, hit := range map[string]bool{
			"the order of votes":       where == i,
			"the order of voters":      where == slices.Index(listed, m.id),
			"the order of codes":       where == slices.Index(codes, m.code),
			"the order of votes, back": where == len(order)-1-i,
		} {
			if hit {
				hits[signal]++
			}
		}
	}
}

// With fewer than five ballots none is opened; without its key none can be, and says so.
func TestAVoteThatIsNotOpened(t *testing.T) {
	clubs(t, func(t *testing.T, c *club) {
		ana := c.members[0]
		few, lost := c.ask("Too few?", false), c.ask("No key?", false)
		for _, m := range c.members[:4] {
			m.vote(few, "A", 200)
		}
		for _, m := range c.members {
			m.reset()
			m.vote(lost, "A", 200)
		}
		keys := filepath.Join(c.o.Data, "keys")
		name := strings.TrimPrefix(lost, "/decisions/")
		c.hide(keys, name)
		if got := ana.get(lost + "/secrecy"); at(got, "key_missing") != true {
			t.Errorf("without its key the ballot says %v", got)
		}
		ana.vote(lost, "B", 503)
		end := c.instant(ana.get(few), "ends_at").Add(time.Hour)
		c.forward(ana.visitor, end)
		if d := ana.get(few); at(d, "state") != "open" || at(d, "extended") != true || !strings.Contains(str(d, "ended_why"), "4 have voted") {
			t.Errorf("with four ballots it goes on once, and says %v", d)
		}
		c.forward(ana.visitor, c.instant(ana.get(few), "ends_at").Add(time.Hour))
		if d := ana.get(few); at(d, "state") != "closed" || at(d, "result", "unopened") != "few" || !strings.Contains(str(d, "ended_why"), "Fewer than 5") {
			t.Errorf("of four ballots the decision says %v", d)
		}
		if got := ana.list(few + "/opened-ballots"); len(got) > 0 {
			t.Errorf("four ballots were opened: %v", got)
		}
		d := ana.get(lost)
		if at(d, "state") != "open" || !strings.Contains(str(d, "ended_why"), "key of this ballot cannot be found") {
			t.Errorf("without its key the decision says %v", d)
		}
		t.Run("and is called off", func(t *testing.T) {
			ana.do("POST", lost+"/withdrawal", map[string]any{"reason": "The key is gone."}, 201)
			if got := ana.get(lost + "/secrecy"); at(got, "state") != "lost" {
				t.Errorf("called off, the box is %v", got)
			}
		})
	})
}

// hide takes one key away, as a restore would.
func (c *club) hide(folder, decision string) {
	c.t.Helper()
	box, err := id.Decode("dec", decision)
	if err == nil {
		err = os.Remove(filepath.Join(folder, "ballot-"+box.String()+".key"))
	}
	if err != nil {
		c.t.Fatal(err)
	}
}
