package journeys_test

import (
	"io"
	"math/rand/v2"
	"net/http"
	"net/mail"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
)

// The house is killed at random writes of a team's week, and stands again at once. The
// week goes as it went without: nobody is asked twice or forgotten, each answer is
// reported once, every ballot counts, each phase ends when it would have.
func TestKilledInATeamsWeek(t *testing.T) {
	if testing.Short() {
		t.Skip("a week in a process of its own; left out of the quick loop")
	}
	kills := 2
	if testkit.Full() {
		kills = 60
	}
	t.Run("sqlite", func(t *testing.T) { killWeek(t, "", kills) })
	if testkit.Full() {
		t.Run("postgres", func(t *testing.T) { killWeek(t, testkit.PostgresURL(t), kills) })
	}
}

// writesOfAWeek is about how often the house writes in the week.
const writesOfAWeek = 8000

func killWeek(t *testing.T, database string, kills int) {
	seed := rand.Uint64() //nolint:gosec // other moments each time
	if given, err := strconv.ParseUint(os.Getenv("MEANTIME_SEED"), 10, 64); err == nil {
		seed = given // the same again
	}
	t.Logf("MEANTIME_SEED=%d", seed)
	dir := t.TempDir()
	o := lodging{Data: filepath.Join(dir, "data"), Database: database, At: sunday, Clock: filepath.Join(dir, "clock")}
	opt := app.Options{}
	post := byMail(t, &opt)
	o.SMTP = opt.SMTP.SMTP
	h := &mortal{
		t: t, l: o, kills: kills, span: 2 * writesOfAWeek / (kills + 1),
		dice: rand.New(rand.NewPCG(seed, 5)), //nolint:gosec // a story that can be told again
	}
	t.Cleanup(h.end)
	m := &teamWeek{post: post, at: sunday, house: h}
	m.guard = newGuard(t, h, func() time.Time { return m.at })
	inside(t, o.options(clock.Still(sunday)), func(w *world) {
		m.world, m.rest = w, w.settle
		m.moveIn()
	})
	m.t, m.app, m.url, m.rest = t, nil, m.guard.url, m.settleOutside
	h.stand()
	m.checkIn()
	m.decide()
	m.brainstorm()
	m.journeys()
	m.live(october(14, 0, 0))
	m.onceEach()
	m.everybodyHeard()
	m.decided()
	m.whatBecameOfIdeas()
	m.allInHours()
	m.guard.lookAtMail(m.post, nil)
	t.Logf("the house died %d times", h.died)
	if h.died == 0 {
		t.Error("the house never died: this showed nothing")
	}
}

// settleOutside lets a house in another process do what is due now.
func (m *teamWeek) settleOutside() {
	m.t.Helper()
	req, err := http.NewRequestWithContext(m.t.Context(), "POST", m.url+"/settle", nil)
	if err != nil {
		m.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, _ := io.ReadAll(resp.Body)
	n, err := strconv.Atoi(string(b))
	if err != nil {
		m.t.Fatalf("the house does not settle: %d %s", resp.StatusCode, b)
	}
	m.writes = n
}

// onceEach drops what was sent twice because nobody knew of the first: at most what was
// under way at a death, and under the same name, by which mail programs drop it too.
func (m *teamWeek) onceEach() {
	m.t.Helper()
	seen, twice := map[string]bool{}, 0
	var got []*enmime.Envelope
	var at []time.Time
	for _, e := range m.post.got {
		name := e.GetHeader("Message-Id")
		if seen[name] {
			twice++
			continue
		}
		seen[name] = true
		sent, err := mail.ParseDate(e.GetHeader("Date"))
		if err != nil {
			m.t.Error(err)
		}
		got, at = append(got, e), append(at, sent)
	}
	m.post.got, m.post.at = got, at
	m.t.Logf("%d mails, and %d of them twice, over %d deaths and %d writes since the last", len(got), twice, m.house.died, m.writes)
	if most := underWay * m.house.died; twice > most {
		m.t.Errorf("%d mails came twice, want at most %d", twice, most)
	}
}
