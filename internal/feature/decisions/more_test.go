package decisions_test

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

func TestItIsForeseenBeforeAnybodyIsAsked(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		_, err := h.people.AddAbsence(t.Context(), h.mei, people.NewAbsence{From: "2026-10-06", To: "2026-10-09"})
		h.must(err)
		n := h.filled(decisions.NewDecision{Rules: decisions.Rules{Fair: 8 * time.Hour}})
		p, err := h.dec.Foresee(t.Context(), h.ana, n, 0)
		h.must(err)
		if want := at(12, 7, 0); p.EndsAt != want || p.Without == nil || p.Without.Person != h.mei.Person || p.Without.EndsAt != at(5, 17, 0) {
			t.Errorf("it would end %s (%+v), want %s, and Monday without Mei", p.EndsAt, p.Without, want)
		}
		if all := strings.Join(p.Warnings, "\n"); !strings.Contains(all, "It waits for Mei Lin: away from Mon 5 Oct 18:00 to Fri 9 Oct 18:00 (32 h). Without them it would end") {
			t.Errorf("it warns of %q", all)
		}
		if x := h.begin(n); h.see(h.ana, x).EndsAt != p.EndsAt {
			t.Errorf("it ends %s, other than foreseen", h.see(h.ana, x).EndsAt)
		}
		n.Rules = decisions.Rules{End: at(6, 12, 0)}
		n.Invited.People = append(n.Invited.People, h.gus.Person)
		p, err = h.dec.Foresee(t.Context(), h.ana, n, 0)
		h.must(err)
		all := strings.Join(p.Warnings, "\n")
		if !strings.Contains(all, "unfair to Mei Lin (2 h)") || strings.Contains(all, "Kofi") || !strings.Contains(all, "Gus Guest may not read this space") {
			t.Errorf("it warns of %q", all)
		}
	})
}

// Each thing that makes it long is named, for whom it does.
func TestWhatMakesItLongIsNamed(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		var file strings.Builder
		file.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Harbour//EN\r\n")
		for i, e := range []string{
			"DTSTART;VALUE=DATE:20261006\r\nSUMMARY:Harbour Day", "DTSTART:20261007T130000\r\nDTEND:20261008T000000\r\nSUMMARY:Eve", "DTSTART;VALUE=DATE:20261010\r\nSUMMARY:National Day",
		} {
			file.WriteString("BEGIN:VEVENT\r\nUID:" + string(rune('a'+i)) + "\r\nDTSTAMP:20260101T000000Z\r\n" + e + "\r\nEND:VEVENT\r\n")
		}
		file.WriteString("END:VCALENDAR\r\n")
		c, err := h.people.AddCalendar(t.Context(), h.ana, people.NewCalendar{Name: "Taiwan", ICS: file.String()})
		h.must(err)
		h.must(h.people.FollowCalendars(t.Context(), h.mei, []id.ID{c.ID}))
		h.must(h.people.SetMySchedule(t.Context(), h.kofi, worktime.Spec{Zone: "Africa/Accra", Weekly: map[string][]string{"mon": {"09:00-12:00"}, "tue": {"09:00-12:00"}, "wed": {"09:00-12:00"}}}, 0))
		p, err := h.dec.Foresee(t.Context(), h.ana, h.filled(decisions.NewDecision{Rules: decisions.Rules{Fair: 16 * time.Hour}}), 0)
		h.must(err)
		why := map[id.ID][]string{}
		for _, o := range p.People {
			why[o.Person.ID] = o.Why(func(at clock.Instant) string { return at.Time().Format("2 Jan 15:04") })
		}
		if got := strings.Join(why[h.mei.Person], "; "); got != "Harbour Day on Tue 6 Oct (8 h); Eve on Wed 7 Oct (4 h)" {
			t.Errorf("for Mei: %q", got)
		}
		if got := strings.Join(why[h.kofi.Person], "; "); got != "works 9 h in the week" {
			t.Errorf("for Kofi: %q", got)
		}
		if got := why[h.ana.Person]; len(got) != 0 {
			t.Errorf("for Ana: %q", got)
		}
		if all := strings.Join(p.Warnings, "\n"); !strings.Contains(all, "It waits for Kofi Mensah: works 9 h in the week. Without them") {
			t.Errorf("it warns of %q", all)
		}
	})
}

func TestItOpensByItself(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x, err := h.dec.MakeOpen(t.Context(), h.ana, h.filled(decisions.NewDecision{}), at(7, 7, 0))
		h.must(err)
		_, err = h.dec.Vote(t.Context(), h.ana, x, choose("A"), decisions.Moved{})
		h.refused(err, "not_entitled")
		h.until(at(7, 7, 0))
		if v := h.see(h.kofi, x); v.State != decisions.Open || v.OpenedAt != at(7, 7, 0) {
			t.Errorf("%s since %s", v.State, v.OpenedAt)
		}
		gone, err := h.dec.MakeOpen(t.Context(), h.ana, h.filled(decisions.NewDecision{Invited: decisions.Invited{People: []id.ID{h.mei.Person}}}), at(9, 7, 0))
		h.must(err)
		h.must(h.people.Remove(t.Context(), h.ana, h.mei.Person))
		h.until(at(9, 7, 0))
		if v := h.see(h.ana, gone); v.State != decisions.Draft || !strings.HasPrefix(v.EndedWhy, "It could not open: ") {
			t.Errorf("%s (%s), want a draft that says why", v.State, v.EndedWhy)
		}
	})
}

func TestSilenceCanExtendOnce(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Rules: decisions.Rules{Fair: 8 * time.Hour, Silence: decisions.SilenceExtend}})
		h.vote(h.mei, x, choose("A"))
		first := h.see(h.ana, x).EndsAt
		h.until(first)
		v := h.see(h.ana, x)
		// From Tuesday 07:00 UTC Ana has had eight more hours at 15:00, and Kofi at 17:00.
		if v.State != decisions.Open || !v.Extended || v.EndsAt != at(6, 17, 0) {
			t.Fatalf("%s until %s", v.State, v.EndsAt)
		}
		h.until(v.EndsAt)
		if v = h.see(h.ana, x); v.State != decisions.Closed || v.ClosedAt != at(6, 17, 0) {
			t.Errorf("%s at %s", v.State, v.ClosedAt)
		}
	})
}

// mailed is what came of a mail about a decision.
func (h *house) mailed(a actor.Actor, kind string, x id.ID, w describe.Words) (did describe.Did, err error) {
	h.t.Helper()
	r, err := h.dec.Repliers().Of(kind)
	h.must(err)
	return did, h.d.Write(h.t.Context(), h.ws, func(ctx context.Context, tx *db.Tx) error {
		did, err = r.ReplyTx(ctx, tx, a, x, w)
		return err
	})
}

func TestAVoteByMail(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Kind: decisions.Ranked, Rules: decisions.Rules{Fair: 8 * time.Hour}})
		did, err := h.mailed(h.kofi, "decision", x, describe.Words{Line: "boat > 1", Rest: "It floats.", Text: "boat > 1\n\nIt floats."})
		h.must(err)
		if want := "Your order: Boat > Anchor. Your reason is kept with it. You can change it until Tue 07:00, your time: the last one counts."; did.Said != want {
			t.Errorf("he is told %q, want %q", did.Said, want)
		}
		if b := h.see(h.kofi, x).Ballot; b == nil || b.Marks.Ranking[0][0] != "B" || b.Marks.Reason != "It floats." {
			t.Errorf("the ballot is %+v", b)
		}
		did, err = h.mailed(h.mei, "decision", x, describe.Words{Line: "What is a boat?", Text: "What is a boat?"})
		h.must(err)
		if did.Post.IsZero() || !strings.Contains(did.Left, "B > A > C") {
			t.Errorf("she is told %+v", did)
		}
		_, err = h.mailed(h.mei, "decision", x, describe.Words{Line: "boat > bridge", Text: "boat > bridge"})
		h.refused(err, "unclear")
		_, err = h.mailed(h.gus, "decision", x, describe.Words{Line: "boat", Text: "boat"})
		h.refused(err, "not_found")
		did, err = h.mailed(h.mei, "decision", x, describe.Words{Do: describe.Decline, Line: "decline: away", Text: "decline: away"})
		h.must(err)
		if h.see(h.mei, x).Mine.Declined != true || len(h.owes(h.mei)) != 0 {
			t.Errorf("%+v, and she owes %v", did, h.owes(h.mei))
		}
		h.until(h.see(h.ana, x).EndsAt)
		_, err = h.mailed(h.ana, "decision_outcome", x, describe.Words{Line: "outcome: the boat", Text: "outcome: the boat"})
		h.must(err)
		if v := h.see(h.ana, x); v.State != decisions.Decided || v.Outcome != "the boat" {
			t.Errorf("%s with %q", v.State, v.Outcome)
		}
	})
}

func TestWhatIsNoVoteIsNotPostedWhileVotesAreHidden(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for _, r := range []decisions.Rules{{Blind: decisions.UntilVoted}, {Blind: decisions.UntilClosed}, {Sealed: true}} {
			x := h.begin(decisions.NewDecision{Kind: decisions.Ranked, Rules: r})
			_, err := h.mailed(h.kofi, "decision", x, describe.Words{Line: "Crane first, then Boat", Text: "Crane first, then Boat"})
			h.refused(err, "unclear")
			list, err := h.spaces.ListPosts(t.Context(), h.d, h.ana, h.see(h.ana, x).Thread, 0, 0, 10)
			h.must(err)
			if len(list.Posts) != 1 {
				t.Errorf("%+v: the thread has %d posts, and one of them tells his vote", r, len(list.Posts))
			}
		}
	})
}

func TestAPressVotesWhereOneWordIsEnough(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		x := h.begin(decisions.NewDecision{Kind: decisions.Majority, Options: []decisions.Option{{Name: "Yes"}, {Name: "No"}}})
		r, err := h.dec.Repliers().Of("decision")
		h.must(err)
		o, err := r.Offer(t.Context(), h.d, h.kofi, x)
		h.must(err)
		if len(o.Acts) != 3 || o.Acts[1].Label != "No" {
			t.Fatalf("he is offered %+v", o.Acts)
		}
		_, err = h.mailed(h.kofi, "decision", x, describe.Words{Do: o.Acts[1].Do, Value: o.Acts[1].Value, Click: true})
		h.must(err)
		if b := h.see(h.kofi, x).Ballot; b.Marks.Choice != "B" {
			t.Errorf("the ballot is %+v", b)
		}
	})
}

func TestTheFeedTellsWhatItsOwnerMayRead(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.decided(decisions.NewOutcome{Markdown: "The *boat* & no other."})
		h.begin(decisions.NewDecision{Title: "Pay", Space: h.secret, Invited: decisions.Invited{People: []id.ID{h.kofi.Person}}})
		mux := http.NewServeMux()
		h.dec.Mount(mux)
		read := func(path string) (int, string) {
			w := httptest.NewRecorder()
			mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
			return w.Code, w.Body.String()
		}
		secret, err := h.dec.MakeFeed(t.Context(), h.mei)
		h.must(err)
		code, body := read("/feeds/decisions/" + secret + ".atom")
		var feed struct {
			Entries []struct {
				Title   string `xml:"title"`
				Content string `xml:"content"`
			} `xml:"entry"`
		}
		h.must(xml.Unmarshal([]byte(body), &feed))
		if code != 200 || len(feed.Entries) != 1 || feed.Entries[0].Title != "Decided: Which logo?" || !strings.Contains(feed.Entries[0].Content, "<em>boat</em>") {
			t.Errorf("%d: %s", code, body)
		}
		fresh, err := h.dec.MakeFeed(t.Context(), h.mei)
		h.must(err)
		if code, _ = read("/feeds/decisions/" + secret + ".atom"); code != 404 {
			t.Errorf("the old address answers %d", code)
		}
		h.must(h.people.Remove(t.Context(), h.ana, h.mei.Person))
		if code, _ = read("/feeds/decisions/" + fresh + ".atom"); code != 404 {
			t.Errorf("whoever was removed reads: %d", code)
		}
	})
}

func TestWhatCannotBeADecision(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		many := make([]decisions.Option, 51)
		for name, c := range map[string]struct {
			n    decisions.NewDecision
			code string
		}{
			"no kind":                    {decisions.NewDecision{Kind: "lottery"}, "kind"},
			"one name twice":             {decisions.NewDecision{Options: []decisions.Option{{Name: "Café"}, {Name: "CAFE"}}}, "same_name"},
			"too many options":           {decisions.NewDecision{Options: many}, "options"},
			"options of a proposal":      {decisions.NewDecision{Kind: decisions.Consent, Options: []decisions.Option{{Name: "A"}}}, "consent_options"},
			"a time without a beginning": {decisions.NewDecision{Kind: decisions.Time, Options: []decisions.Option{{Name: "Soon"}}}, "start_needed"},
			"two ends":                   {decisions.NewDecision{Rules: decisions.Rules{Fair: time.Hour, End: at(9, 7, 0)}}, "two_ends"},
			"an end that is past":        {decisions.NewDecision{Rules: decisions.Rules{End: at(4, 7, 0)}}, "end_past"},
			"silence as consent":         {decisions.NewDecision{Rules: decisions.Rules{Silence: decisions.SilenceConsent}}, "silence"},
			"sealed and early":           {decisions.NewDecision{Rules: decisions.Rules{Sealed: true, Early: true}}, "early"},
			"several by runoff":          {decisions.NewDecision{Kind: decisions.Ranked, Rules: decisions.Rules{Method: decisions.IRV, Seats: 2}}, "seats"},
			"more seats than options":    {decisions.NewDecision{Rules: decisions.Rules{Seats: 4}}, "seats"},
			"a decider who is a guest":   {decisions.NewDecision{Decider: h.gus.Person}, "decider"},
			"an unknown person":          {decisions.NewDecision{Invited: decisions.Invited{People: []id.ID{h.space}}}, "not_found"},
		} {
			_, err := h.dec.Make(t.Context(), h.ana, h.filled(c.n))
			if err == nil {
				t.Errorf("%s is taken", name)
			}
			h.refused(err, c.code)
		}
		_, err := h.dec.Make(t.Context(), h.gus, h.filled(decisions.NewDecision{}))
		h.refused(err, "not_found")
	})
}

func TestEveryKindIsCounted(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		start := func(n int) clock.Instant { return at(20+n, 9, 0) }
		times := []decisions.Option{{Start: start(0)}, {Start: start(1), End: start(1) + 3600e6}}
		for _, c := range []struct {
			kind    decisions.Kind
			method  string
			options []decisions.Option
			marks   [3]decisions.Marks
			want    string
		}{
			{decisions.SenseCheck, "", nil, [3]decisions.Marks{{Choice: "A"}, {Choice: "A"}, {Choice: "C"}}, "measured []"},
			{decisions.Consent, "", nil, [3]decisions.Marks{{Choice: "consent"}, {Choice: "concern", Reason: "Slow."}, {Abstain: true}}, "decided "},
			{decisions.Majority, "", nil, [3]decisions.Marks{{Choice: "A"}, {Choice: "A"}, {Choice: "B"}}, "decided [A]"},
			{decisions.Approval, "", nil, [3]decisions.Marks{choose("A", "B"), choose("B"), choose("C")}, "decided [B]"},
			{decisions.Score, "", nil, [3]decisions.Marks{{Scores: map[string]int{"A": 5}}, {Scores: map[string]int{"B": 3, "A": 1}}, {Scores: map[string]int{"C": 5}}}, "decided [A]"},
			{decisions.Dots, "", nil, [3]decisions.Marks{{Scores: map[string]int{"A": 3}}, {Scores: map[string]int{"C": 2, "B": 1}}, {Scores: map[string]int{"C": 3}}}, "decided [C]"},
			{decisions.Time, "", times, [3]decisions.Marks{{Scores: map[string]int{"A": 2, "B": 1}}, {Scores: map[string]int{"B": 2}}, {Scores: map[string]int{"B": 1}}}, "decided [B]"},
			{decisions.Ranked, decisions.Borda, nil, ranking, "decided [B]"},
			{decisions.Ranked, decisions.IRV, nil, ranking, "decided [B]"},
			{decisions.Ranked, decisions.Schulze, nil, ranking, "decided [B]"},
			{decisions.Ranked, decisions.RankedPairs, nil, ranking, "decided [B]"},
			{decisions.Ranked, decisions.STV, nil, ranking, "decided [B]"},
		} {
			x := h.begin(decisions.NewDecision{Kind: c.kind, Options: c.options, Rules: decisions.Rules{Method: c.method, Early: true}})
			for i, a := range []actor.Actor{h.ana, h.kofi, h.mei} {
				h.vote(a, x, c.marks[i])
			}
			v := h.see(h.ana, x)
			if v.Result == nil {
				t.Errorf("%s is not counted", c.kind)
				continue
			}
			if got := string(v.Result.Count.Outcome) + " [" + strings.Join(v.Result.Count.Winners, " ") + "]"; !strings.HasPrefix(got, c.want) {
				t.Errorf("%s %s: got %s, want %s", c.kind, c.method, got, c.want)
			}
		}
	})
}

var ranking = [3]decisions.Marks{{Ranking: [][]string{{"B"}, {"A"}}}, {Ranking: [][]string{{"B"}, {"C"}}}, {Ranking: [][]string{{"A"}, {"B"}}}}

func TestWhoMayNotSeeItAnyMoreIsNotWaitedFor(t *testing.T) {
	yes, guest := true, actor.Guest
	ways := map[string]func(h *house, x id.ID) error{
		"the space turns private": func(h *house, _ id.ID) error {
			return h.spaces.ChangeSpace(h.t.Context(), h.ana, h.space, spaces.SpaceChange{Private: &yes})
		},
		"its thread moves to where she is not": func(h *house, x id.ID) error {
			return h.spaces.ChangeThread(h.t.Context(), h.ana, h.see(h.ana, x).Thread, spaces.ThreadChange{Space: &h.secret})
		},
		"she becomes a guest": func(h *house, _ id.ID) error {
			return h.people.ChangeStanding(h.t.Context(), h.ana, h.mei.Person, people.Standing{Role: &guest})
		},
	}
	for why, way := range ways {
		t.Run(why, func(t *testing.T) {
			engines(t, func(t *testing.T, h *house) {
				h.must(h.spaces.AddMember(t.Context(), h.ana, h.space, h.kofi.Person))
				x := h.begin(decisions.NewDecision{Rules: decisions.Rules{Fair: 8 * time.Hour, Early: true}})
				h.vote(h.ana, x, choose("A"))
				h.vote(h.kofi, x, choose("A"))
				h.settle()
				if v := h.see(h.ana, x); v.State != decisions.Open {
					t.Fatalf("it is %s while Mei has not voted", v.State)
				}
				h.must(way(h, x))
				h.settle()
				if v := h.see(h.ana, x); v.State != decisions.Closed {
					t.Errorf("it is %s and waits for Mei, who cannot see it", v.State)
				}
				if owed := h.owes(h.mei); len(owed) > 0 {
					t.Errorf("Mei owes %v still", owed)
				}
			})
		})
	}
}
