package asks_test

import (
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/worktime"
)

func TestEachAddresseeHasTheirOwnReachAndDue(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben, h.kofi, h.mei), Window: "4h"})
		want := []struct{ reach, due string }{
			{"2026-10-05T07:00:00Z", "2026-10-05T11:00:00Z"}, // Ben: it is nine, and his day begins now
			{"2026-10-05T09:00:00Z", "2026-10-05T13:00:00Z"}, // Kofi: at nine in Accra
			{"2026-10-06T01:00:00Z", "2026-10-06T05:00:00Z"}, // Mei: at nine tomorrow in Taipei
		}
		for i, w := range want {
			if o := a.Owed[i]; o.Reach.String() != w.reach || o.Due.String() != w.due {
				t.Errorf("addressee %d: reached %s, due %s; want %s and %s", i, o.Reach, o.Due, w.reach, w.due)
			}
		}
		if a.LastDue.String() != "2026-10-06T05:00:00Z" {
			t.Errorf("last due %s", a.LastDue)
		}
		e := h.Heard("asks.asked")
		var data asks.Asked
		h.Must(e[0].Decode(&data))
		if len(e) != 1 || len(data.Owed) != 3 || data.Owed[2].Reach != a.Owed[2].Reach || e[0].Due != a.LastDue || len(e[0].Concerns) != 3 {
			t.Errorf("the log says %+v, %+v", e, data)
		}
	})
}

func TestEnoughAnswersSettle(t *testing.T) {
	cases := []struct {
		name, need string
		answers    int
		want       string
	}{
		{"all of three, two answered", "all", 2, "open: answered answered waiting"},
		{"all of three", "all", 3, "settled: answered answered answered"},
		{"any one", "any", 1, "settled: answered released released"},
		{"two of three, one answered", "2", 1, "open: answered waiting waiting"},
		{"two of three", "2", 2, "settled: answered answered released"},
	}
	engines(t, func(t *testing.T, h *house) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				h.T = t
				a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben, h.kofi, h.mei), Need: c.need})
				for _, who := range ids(h.ben, h.kofi, h.mei)[:c.answers] {
					by := h.ben
					by.Person = who
					if _, err := h.Asks.Answer(h.T.Context(), by, a.ID, asks.Given{Note: "Yes, it does."}); err != nil {
						t.Fatal(err)
					}
				}
				h.stands(c.name, h.as(h.ana, a.ID), c.want)
			})
		}
	})
}

func TestAWholeLife(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{Kind: asks.Approve, People: ids(h.ben, h.kofi), Window: "4h"})
		x, err := h.Asks.Acknowledge(h.T.Context(), h.ben, a.ID, utc(5, 12, 0))
		h.Must(err)
		h.stands("acknowledged", x, "open: acknowledged waiting")
		h.until(5, 11, 30)
		if o := x.Owed[0]; o.Late(h.Clock.Now()) || !o.Late(utc(5, 12, 1)) {
			t.Error("whoever promised is late after the promise, and not before")
		}
		_, err = h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{Value: "perhaps"})
		h.Refused("neither yes nor no", err, "value")
		x, err = h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{Value: "Yes", Note: "With pleasure."})
		h.Must(err)
		h.stands("one answered", x, "open: answered waiting")
		x, err = h.Asks.Pass(h.T.Context(), h.kofi, a.ID, h.mei.Person, "Mei knows.")
		h.Must(err)
		h.stands("passed on", x, "open: answered passed waiting")
		if o := x.Owed[2]; o.Reach != utc(6, 1, 0) || o.PassedBy != h.kofi.Person {
			t.Errorf("Mei is reached %s by %s", o.Reach, o.PassedBy)
		}
		_, err = h.Asks.Pass(h.T.Context(), h.mei, a.ID, h.kofi.Person, "")
		h.Refused("back to one who passed it", err, "passed_back")
		x, err = h.Asks.Decline(h.T.Context(), h.mei, a.ID, "Not mine to say.")
		h.Must(err)
		h.stands("everybody else declined", x, "settled: answered passed declined")
		if n := len(h.Heard("asks.settled")); n != 1 {
			t.Errorf("settled %d times", n)
		}
	})
}

func TestReleaseExtendRemind(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben, h.kofi, h.mei), Window: "4h"})
		x, err := h.Asks.Remind(h.T.Context(), h.ana, a.ID)
		h.Must(err)
		if x.Owed[0].RemindedAt.IsZero() || !x.Owed[2].RemindedAt.IsZero() {
			t.Error("only whoever was reached is reminded")
		}
		_, err = h.Asks.Remind(h.T.Context(), h.ana, a.ID)
		h.Refused("a second time", err, "nobody_to_remind")

		_, err = h.Asks.Extend(h.T.Context(), h.ana, a.ID, "1h", 0)
		h.Refused("less than before", err, "not_longer")
		h.until(5, 10, 0)
		x, err = h.Asks.Extend(h.T.Context(), h.ana, a.ID, "8h", 0)
		h.Must(err)
		if got := x.Owed[0].Due; got != utc(6, 10, 0) {
			t.Errorf("Ben is due %s, want eight hours from now", got)
		}
		if got := x.Owed[2].Due; got != utc(6, 9, 0) {
			t.Errorf("Mei is due %s, want eight hours from her start", got)
		}
		x, err = h.Asks.Release(h.T.Context(), h.ana, a.ID, ids(h.kofi))
		h.Must(err)
		h.stands("one let off", x, "open: waiting released waiting")
		_, err = h.Asks.Release(h.T.Context(), h.ana, a.ID, ids(h.kofi))
		h.Refused("again", err, "not_waiting")
		x, err = h.Asks.Release(h.T.Context(), h.ana, a.ID, nil)
		h.Must(err)
		h.stands("the rest", x, "released: released released released")
		_, err = h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{Note: "Too late?"})
		h.Refused("an answer to a closed ask", err, "already_released")
	})
}

func TestAnAnswerCanBeTakenBack(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{Kind: asks.Do, People: ids(h.ben, h.kofi), Need: "any"})
		_, err := h.Asks.Undo(h.T.Context(), h.ben, a.ID)
		h.Refused("before there is one", err, "not_answered")
		x, err := h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{})
		h.Must(err)
		h.stands("done", x, "settled: answered released")
		h.Clock.Advance(9 * time.Minute)
		x, err = h.Asks.Undo(h.T.Context(), h.ben, a.ID)
		h.Must(err)
		h.stands("taken back", x, "open: waiting waiting")
		_, err = h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{Value: "done"})
		h.Must(err)
		h.Clock.Advance(11 * time.Minute)
		_, err = h.Asks.Undo(h.T.Context(), h.ben, a.ID)
		h.Refused("after eleven minutes", err, "too_late")

		b := h.ask(h.ana, asks.NewAsk{People: ids(h.ben, h.kofi)})
		_, err = h.Asks.Answer(h.T.Context(), h.ben, b.ID, asks.Given{Note: "Yes."})
		h.Must(err)
		_, err = h.Asks.Answer(h.T.Context(), h.kofi, b.ID, asks.Given{Note: "No."})
		h.Must(err)
		_, err = h.Asks.Undo(h.T.Context(), h.ben, b.ID)
		h.Refused("settled by somebody else since", err, "settled_since")
	})
}

func TestOfFiftyAnswersAtOnceOneCounts(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.ben, h.kofi)})
		var wg sync.WaitGroup
		errs := make([]error, 50)
		for i := range errs {
			wg.Go(func() { _, errs[i] = h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{Note: "Mine."}) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !fault.Is(err, "already_answered") {
				t.Error(err)
			}
		}
		if n := len(h.Heard("asks.answered")); won != 1 || n != 1 {
			t.Errorf("%d answers went through, %d are in the log", won, n)
		}
	})
}

func TestADecisionIsOneOfItsChoicesOrWords(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{Kind: asks.Decide, People: ids(h.ben, h.kofi, h.mei), Choices: []string{"Red", "Blue"}})
		_, err := h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{Value: "Green"})
		h.Refused("no such choice", err, "value")
		x, err := h.Asks.Answer(h.T.Context(), h.ben, a.ID, asks.Given{Value: "blue"})
		h.Must(err)
		if got := x.Owed[0].AnswerValue; got != "Blue" {
			t.Errorf("chose %q", got)
		}
		_, err = h.Asks.Answer(h.T.Context(), h.kofi, a.ID, asks.Given{Note: "Neither."})
		h.Must(err)
		_, err = h.Asks.Answer(h.T.Context(), h.mei, a.ID, asks.Given{Value: "Red"})
		h.Must(err)
		h.stands("decided", h.as(h.mei, a.ID), "settled: answered answered answered")
	})
}

func TestListsPageByDue(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		windows := []string{"4h", "1h", "2d", "2h", "1d"}
		for _, w := range windows {
			h.ask(h.ana, asks.NewAsk{People: ids(h.ben), Window: w})
		}
		for name, list := range map[string]func(asks.Cursor) ([]asks.Owing, error){
			"owe": func(c asks.Cursor) ([]asks.Owing, error) {
				return h.Asks.Owe(h.T.Context(), h.DB, h.ben, h.ben.Person, c, 2)
			},
			"owed to": func(c asks.Cursor) ([]asks.Owing, error) {
				return h.Asks.OwedTo(h.T.Context(), h.DB, h.ana, h.ana.Person, c, 2)
			},
		} {
			var got []string
			for after := (asks.Cursor{}); ; {
				page, err := list(after)
				h.Must(err)
				if len(page) == 0 {
					break
				}
				for _, o := range page {
					got = append(got, o.Ask.TimeWindow)
				}
				after = page[len(page)-1].Next
			}
			if want := "1h 2h 4h 1d 2d"; join(got) != want {
				t.Errorf("%s: %s, want %s", name, join(got), want)
			}
		}
		n, _, err := h.Asks.CountOwe(h.T.Context(), h.DB, h.WS, h.ben.Person, 0, 500)
		h.Must(err)
		m, err := h.Asks.CountOwedTo(h.T.Context(), h.DB, h.WS, h.ana.Person, 500)
		h.Must(err)
		if n != 5 || m != 5 {
			t.Errorf("counted %d and %d", n, m)
		}
	})
}

func TestUrgentDoesNotReachPeopleOutsideTheirHours(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		n := asks.NewAsk{People: ids(h.mei), Urgency: worktime.Urgent, Window: "1h", Reason: "The shop is down.", Otherwise: "It stays down."}
		h.until(5, 12, 0) // eight in the evening in Taipei
		if got := h.ask(h.ana, n).Owed[0].Reach; got != utc(6, 1, 0) {
			t.Errorf("reached %s without having agreed to it", got)
		}
		h.Asks.PageOutsideHours(pagedAlways)
		if got := h.ask(h.ana, n).Owed[0].Reach; got != h.Clock.Now() {
			t.Errorf("reached %s, having agreed to be paged", got)
		}
	})
}

func join(list []string) (out string) {
	for i, s := range list {
		if i > 0 {
			out += " "
		}
		out += s
	}
	return out
}
