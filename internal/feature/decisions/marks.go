package decisions

import (
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

// What can be said to a proposal that asks for consent.
const (
	Agree   = "consent"
	Concern = "concern" // a worry that does not stand in the way
	Object  = "object"
)

// What can be said to a time.
const (
	ifNo     = 0
	ifNeedBe = 1
	ifYes    = 2
)

// Marks are what somebody says on a ballot. Which of them counts depends on the kind.
type Marks struct {
	Abstain  bool              `json:"abstain,omitempty"`
	Choice   string            `json:"choice,omitempty"`   // an option's key; of consent: consent, concern or object
	Approved []string          `json:"approved,omitempty"` // keys
	Scores   map[string]int    `json:"scores,omitempty"`   // key → points, dots, or 2 yes, 1 if need be, 0 no
	Ranking  [][]string        `json:"ranking,omitempty"`  // keys, best first; those side by side are equal
	Reason   string            `json:"reason,omitempty"`
	Reasons  map[string]string `json:"reasons,omitempty"` // for single options
}

// Ballot is what somebody said, and when.
type Ballot struct {
	DecisionID id.ID
	Person     id.ID `db:"person_id"`
	Marks      Marks
	First      *Marks // before the one revision that sealed reasons allow
	MovedBy    id.ID  // whose reason changed their mind
	MovedWhy   string
	CastAt     clock.Instant
	ChangedAt  clock.Instant
}

const longestReason = 4000

// tidy puts marks in order, and refuses what this decision cannot count.
func (d *Decision) tidy(m Marks) (Marks, error) {
	m.Reason = strings.TrimSpace(m.Reason)
	said := m.Reason != ""
	for k, r := range m.Reasons {
		if r = strings.TrimSpace(r); r == "" {
			delete(m.Reasons, k)
			continue
		}
		if _, ok := d.Option(k); !ok {
			return m, unknownOption(k)
		}
		m.Reasons[k], said = r, true
		if utf8.RuneCountInString(r) > longestReason {
			return m, tooLong()
		}
	}
	if utf8.RuneCountInString(m.Reason) > longestReason {
		return m, tooLong()
	}
	r := d.Rules.V
	if said && r.Reasons == ReasonsOff && (d.Kind != Consent || m.Choice == Agree) {
		return m, wrong("reasons_off", "reason", "This decision asks for no reasons. Say it in the thread instead.")
	}
	if m.Abstain {
		if m.Choice != "" || len(m.Approved) > 0 || len(m.Scores) > 0 || len(m.Ranking) > 0 {
			return m, wrong("abstain", "abstain", "Either abstain or vote.")
		}
		return m, nil
	}
	if !said && r.Reasons == ReasonsRequired {
		return m, wrong("reason_needed", "reason", "Say in a few words why; this decision asks everybody to.")
	}
	return m, d.checkMarks(&m)
}

func tooLong() error {
	return wrongf("too_long", "reason", "Keep a reason to %d characters.", longestReason)
}

func unknownOption(key string) error {
	return wrongf("no_option", "options", "There is no option “%s” here.", cutKey(key))
}

func cutKey(s string) string { return cutKeyTo(s, 40) }

func cutKeyTo(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func (d *Decision) checkMarks(m *Marks) error {
	used := map[string]bool{
		"choice": m.Choice != "", "approved": m.Approved != nil, "scores": m.Scores != nil, "ranking": m.Ranking != nil,
	}
	want := map[Kind]string{
		SenseCheck: "choice", Majority: "choice", Consent: "choice", Approval: "approved", Score: "scores", Dots: "scores", Time: "scores", Ranked: "ranking",
	}[d.Kind]
	for field, there := range used {
		if there && field != want {
			return wrongf("other_kind", field, "This decision is not answered with “%s”.", field)
		}
	}
	switch d.Kind {
	case Consent:
		return d.checkConsent(m)
	case SenseCheck, Majority:
		if _, ok := d.Option(m.Choice); !ok {
			return wrong("choice", "choice", "Choose one of the options, or abstain.")
		}
	case Approval:
		return d.checkApproved(m)
	case Score, Dots, Time:
		return d.checkScores(m)
	case Ranked:
		return d.checkRanking(m)
	case Advice:
		if m.Reason == "" {
			return wrong("advice_needed", "reason", "Write your advice in a few words, or abstain.")
		}
	}
	return nil
}

func (d *Decision) checkConsent(m *Marks) error {
	if !oneOf(m.Choice, Agree, Concern, Object) {
		return wrong("choice", "choice", "Consent, name a concern, object, or abstain.")
	}
	if m.Choice != Agree && m.Reason == "" {
		return wrong("reason_needed", "reason", "Say what stands against it, so that it can be mended.")
	}
	return nil
}

func (d *Decision) checkApproved(m *Marks) error {
	seen := map[string]bool{}
	for _, k := range m.Approved {
		if _, ok := d.Option(k); !ok {
			return unknownOption(k)
		}
		if seen[k] {
			return wrong("twice", "approved", "Approve of each option once.")
		}
		seen[k] = true
	}
	if len(m.Approved) == 0 {
		return wrong("nothing_chosen", "approved", "Approve of at least one option, or abstain.")
	}
	return nil
}

func (d *Decision) checkScores(m *Marks) error {
	sum, most := 0, d.Rules.V.Most
	for k, n := range m.Scores {
		if _, ok := d.Option(k); !ok {
			return unknownOption(k)
		}
		if n < 0 || n > most {
			return wrongf("score", "scores", "Give between 0 and %d.", most)
		}
		sum += n
	}
	switch {
	case len(m.Scores) == 0:
		return wrong("nothing_chosen", "scores", "Mark at least one option, or abstain.")
	case d.Kind == Dots && sum > most:
		return wrongf("too_many_dots", "scores", "There are %d dots to give out, and you gave %d.", most, sum)
	case d.Kind == Dots && sum == 0:
		return wrong("nothing_chosen", "scores", "Give out at least one dot, or abstain.")
	}
	return nil
}

func (d *Decision) checkRanking(m *Marks) error {
	seen := map[string]bool{}
	for _, group := range m.Ranking {
		if len(group) == 0 {
			return wrong("empty_rank", "ranking", "Every place of a ranking names an option.")
		}
		for _, k := range group {
			if _, ok := d.Option(k); !ok {
				return unknownOption(k)
			}
			if seen[k] {
				return wrong("twice", "ranking", "Rank each option once.")
			}
			seen[k] = true
		}
	}
	if len(seen) == 0 {
		return wrong("nothing_chosen", "ranking", "Rank at least one option, or abstain.")
	}
	return nil
}
