package journeys_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/testkit"
)

// Three people write by mail at any hour of two weeks, well and badly, from their own
// addresses and from others, while their mail server puts every third mail off. Nothing
// reaches any of them outside their hours, and nothing is said twice.
func TestMailKeepsTheHoursForWeeks(t *testing.T) {
	testkit.NotRaced(t)
	monday := time.Date(2026, 10, 5, 6, 0, 0, 0, time.UTC)
	seeds := uint64(3)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		dice := rand.New(rand.NewPCG(seed, 4)) //nolint:gosec // a story that can be told again
		var post *postOffice
		w := newWorld(t, monday, "", func(o *app.Options) { post = byMail(t, o) })
		post.open(w)
		post.later = func() bool { return dice.IntN(3) == 0 }
		tm := newTeam(w, post)
		own := map[string]string{}
		for who, v := range map[string]*visitor{"ana": tm.ana, "kofi": tm.kofi, "mei": tm.mei} {
			own[who] = str(v.get("/spaces/"+tm.space+"/mail"), "own")
		}
		names := []string{"ana", "kofi", "mei"}
		for at := monday.Add(time.Minute); at.Before(monday.AddDate(0, 0, 14)); at = at.Add(time.Duration(20+dice.IntN(200)) * time.Minute) {
			w.forward(tm.ana, at)
			tm.somethingByMail(dice, names[dice.IntN(3)], names[dice.IntN(3)], own)
			w.settle()
		}
		post.later = nil
		w.forward(tm.ana, monday.AddDate(0, 0, 18))
		w.quietNights(post)
		seen := map[string]bool{}
		for _, e := range post.got {
			if id := e.GetHeader("Message-Id"); seen[id] {
				t.Errorf("seed %d: %s was sent twice", seed, id)
			} else {
				seen[id] = true
			}
		}
		threads := tm.ana.list("/threads?limit=100&space=" + tm.space)
		if len(threads) < 10 || len(post.got) < 50 {
			t.Errorf("seed %d: %d threads and %d mails, so this showed little", seed, len(threads), len(post.got))
		}
	}
}

// somethingByMail is what somebody may send at any moment.
func (tm *team) somethingByMail(dice *rand.Rand, who, other string, own map[string]string) {
	tm.t.Helper()
	me := who + "@northwind.example"
	had := tm.post.to(me)
	if len(had) == 0 || dice.IntN(4) == 0 {
		window := []string{"", " 2h", " 1d"}[dice.IntN(3)]
		kind := []string{"", "Approve: ", "Do: "}[dice.IntN(3)]
		tm.post.sent(draft{from: me, to: own[who], cc: other + "@northwind.example", subject: kind + "A matter" + window, text: "What of it?"})
		return
	}
	mail := had[max(0, len(had)-1-dice.IntN(5))]
	if !strings.Contains(mail.GetHeader("Reply-To"), "reply+") {
		return
	}
	texts := []string{"Fine by me.", "+1", "done", "ack by tomorrow", "ack by the blue moon", "decline: no time", "close: so be it", "pass @" + other, "no: not yet"}
	from := me
	if dice.IntN(8) == 0 {
		from = who + "@home.example"
	}
	tm.post.sent(draft{from: from, answers: mail, text: texts[dice.IntN(len(texts))]})
}
