package attention_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s got %q, want %q", what, got, want)
	}
}

func TestEachIsReachedInTheirOwnHours(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(0, "12:00"))
		h.thread(h.ana, "Pricing page", "Please look.", asks.NewAsk{Kind: asks.Review, People: to(h.kofi, h.mei), Window: "4h"})
		h.to(in(1, "06:00"))
		equal(t, "Kofi", h.got(h.kofi), []string{})
		equal(t, "Mei", h.got(h.mei), []string{
			"Tue 09:00 Ana Petrova asks you to review: Pricing page",
		})
		h.to(in(1, "07:00"))
		equal(t, "Kofi", h.got(h.kofi), []string{"Tue 09:00 Ana Petrova asks you to review: Pricing page"})
		equal(t, "Ana", h.got(h.ana), []string{})
	})
}

func TestTheAskerHearsWhatBecameOfIt(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th, list := h.thread(h.ana, "Pricing page", "Please look.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi, h.mei), Window: "4h"})
		h.reply(h.kofi, th.ID, "Looks right to me.")
		_, err := h.Asks.Decline(t.Context(), h.mei, h.AskID(list[0]), "I am on leave.")
		h.Must(err)
		h.to(in(1, "12:00"))
		equal(t, "Ana", h.got(h.ana), []string{
			"Mon 09:00 Kofi Mensah answered: Pricing page", "Mon 09:00 Mei Lin declined: Pricing page", "Mon 09:00 Settled: Pricing page",
		})
		// What was planned for them went with their answers.
		equal(t, "Mei", h.got(h.mei), []string{})
		page := h.inbox(h.ana, "owed")
		if len(page.Items) != 1 || page.Items[0].Kind != "settled" || !page.Items[0].May.Done || page.Items[0].Ask == nil {
			t.Fatalf("the asker's inbox holds %+v, want the settled ask", page.Items)
		}
	})
}

func TestLateIsToldOnceToBoth(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.thread(h.ana, "Pricing page", "Please look.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "4h"})
		h.to(in(4, "12:00"))
		equal(t, "Kofi", h.got(h.kofi), []string{
			"Mon 09:00 Ana Petrova asks you to reply: Pricing page", "Tue 09:00 Late: Pricing page",
		})
		equal(t, "Ana", h.got(h.ana), []string{"Tue 09:00 Kofi Mensah is late: Pricing page"})
	})
}

func TestAPromiseMovesTheReminder(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		_, list := h.thread(h.ana, "Pricing page", "Please look.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "4h"})
		_, err := h.Asks.Acknowledge(t.Context(), h.kofi, h.AskID(list[0]), clock.At(in(2, "10:00")))
		h.Must(err)
		h.to(in(2, "09:30"))
		equal(t, "Kofi", h.got(h.kofi), []string{
			"Mon 09:00 Ana Petrova asks you to reply: Pricing page", "Wed 11:00 Due soon: Pricing page",
		})
		h.to(in(3, "12:00"))
		equal(t, "Kofi on Thursday", h.got(h.kofi)[2:], []string{"Thu 09:00 Late: Pricing page"})
		equal(t, "Ana", h.got(h.ana), []string{
			"Mon 09:00 Kofi Mensah will see to it: Pricing page", "Thu 09:00 Kofi Mensah is late: Pricing page",
		})
	})
}

// A reminder is a second word: who has less than a working day is told once, whether the
// window is short from the start or the first word came late.
func TestAReminderKeepsItsDistance(t *testing.T) {
	for _, c := range []struct {
		name   string
		window string
		want   []string
	}{
		{"half a day", "4h", nil},
		{"an hour less than a day", "7h", nil},
		{"a day", "8h", []string{"Mon 16:00 Due soon: Pricing page"}},
		{"two days", "1d", []string{"Tue 16:00 Due soon: Pricing page"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			engines(t, func(t *testing.T, h *house) {
				h.thread(h.ana, "Pricing page", "Please look.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: c.window})
				h.to(in(2, "06:30"))
				var got []string
				for _, line := range h.got(h.kofi) {
					if strings.Contains(line, "Due soon") {
						got = append(got, line)
					}
				}
				equal(t, c.window, got, c.want)
			})
		})
	}
}

// A house that stood still tells of an ask late: a reminder half an hour after is left out.
func TestAReminderWaitsForTheFirstWord(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(0, "12:00"))
		h.thread(h.ana, "Pricing page", "Please look.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "1d"})
		h.Clock.Set(clock.At(in(2, "13:30")))
		h.to(in(3, "06:30"))
		equal(t, "Kofi", h.got(h.kofi), []string{"Wed 15:30 Ana Petrova asks you to reply: Pricing page"})
	})
}

func TestUrgentDisturbsOnlyWhoAgreed(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.Must(h.attention.SetSettings(t.Context(), h.kofi, attention.Settings{PageOutsideHours: true}))
		h.to(in(0, "20:00"))
		h.thread(h.ana, "The site is down", "Help.", asks.NewAsk{
			Kind: asks.Do, People: to(h.kofi, h.mei), Window: "1h", Urgency: worktime.Urgent, Reason: "Nobody can pay.", Otherwise: "We lose the day.",
		})
		equal(t, "Kofi at night", h.got(h.kofi), []string{"Mon 22:00 Ana Petrova asks you to do this: The site is down"})
		h.to(in(1, "01:00"))
		equal(t, "Mei in the morning", h.got(h.mei), []string{"Tue 09:00 Ana Petrova asks you to do this: The site is down"})
	})
}

func TestSilenceIsConsent(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.thread(h.ana, "Colour", "Blue, unless somebody objects.", asks.NewAsk{
			Kind: asks.Approve, People: to(h.kofi), Window: "2h", Silence: asks.Consent,
		})
		h.to(in(1, "12:00"))
		equal(t, "Ana", h.got(h.ana), []string{"Tue 09:00 Nobody answered in time: Colour"})
	})
}

func TestNewsRespectsMuteAndSight(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th, _ := h.thread(h.ana, "Offsite", "Who comes? @kofi @mei")
		h.Must(h.Spaces.Mute(t.Context(), h.mei, th.ID, true))
		h.to(in(0, "07:10"))
		for range 3 {
			h.reply(h.ana, th.ID, "One more thing.")
		}
		gus := h.Person(people.NewPerson{Name: "Gus", Role: "guest"})
		h.reply(h.ana, th.ID, "Hello @gus")
		h.to(in(1, "12:00"))
		equal(t, "Kofi", h.got(h.kofi), []string{
			"Mon 09:00 Ana Petrova mentioned you in “Offsite”", "Tue 09:00 4 new posts in “Offsite”",
		})
		equal(t, "Mei", h.got(h.mei), []string{})
		equal(t, "Gus", h.got(gus), []string{})
		equal(t, "Ana", h.got(h.ana), []string{})
	})
}

func TestAScheduleThatChangesMovesWhatIsPlanned(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(0, "12:00"))
		h.thread(h.ana, "Pricing page", "Please look.", asks.NewAsk{Kind: asks.Reply, People: to(h.mei), Window: "1d"})
		h.Must(h.DB.Write(t.Context(), h.WS, func(ctx context.Context, tx *db.Tx) error {
			return h.People.SetHoursTx(ctx, tx, h.mei.Person, h.mei.Person, worktime.Spec{
				Zone: "Asia/Taipei", Weekly: map[string][]string{"wed": {"13:00-18:00"}, "thu": {"13:00-18:00"}},
			})
		}))
		h.to(in(2, "06:00"))
		equal(t, "Mei", h.got(h.mei), []string{"Wed 13:00 Ana Petrova asks you to reply: Pricing page"})
	})
}

func TestAPulseThatComesLateWaitsForHours(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(0, "12:00"))
		h.thread(h.ana, "Pricing page", "Please look.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "1d"})
		h.Clock.Set(clock.At(in(1, "20:00"))) // the server slept through Tuesday
		h.Settle()
		equal(t, "Kofi at night", h.got(h.kofi), []string{})
		h.to(in(2, "07:00").Add(time.Minute))
		equal(t, "Kofi", h.got(h.kofi), []string{"Wed 09:00 Ana Petrova asks you to reply: Pricing page"})
	})
}

// What is asked of the database for each digest that is due is found by an index
// that holds it, however many digests there are.
func TestWhatIsDueIsFoundByItsIndex(t *testing.T) {
	c := clock.Still(testkit.Monday)
	d := testkit.SQLite(t, c)
	for text, index := range map[string]string{
		`SELECT digest_id, kind, thread_id, ref_id, asked_at FROM attention_deliveries
			WHERE workspace_id = $1 AND state = 'planned' AND digest_id IN ($2, $3) ORDER BY digest_id`: "COVERING INDEX attention_deliveries_digest",
		`SELECT deliver_at, workspace_id, person_id, urgency FROM attention_digests
			WHERE at = 0 AND deliver_at <= $1 AND (deliver_at, workspace_id, person_id, urgency) > ($2, $3, $1, $1)
			ORDER BY deliver_at, workspace_id, person_id, urgency LIMIT $2`: "COVERING INDEX attention_digests_planned",
	} {
		plan, err := db.All[struct {
			ID, Parent, Notused int64
			Detail              string
		}](t.Context(), d, "EXPLAIN QUERY PLAN "+text, 1, 2, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(plan) != 1 || !strings.Contains(plan[0].Detail, index) {
			t.Errorf("%v is how SQLite finds %s, want one step by %s", plan, text, index)
		}
	}
}
