package brainstorms

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/worktime"
)

// Limits of a brainstorm.
const (
	MostIdeas  = 500
	MostPeople = 200
	MostGroups = 100
	mostNotes  = 2000 // on one board
	mostInRoom = 6
	fewest     = 5 // people in an anonymous one: among fewer everybody could guess

	longestTitle  = 150
	longestPrompt = 10_000
	longestIdea   = 1000
	longestNote   = 1000
	longestName   = 80
	longestLink   = 2000
	longestWindow = 200 * time.Hour
	usualWindow   = "4h"
)

// check puts the plan in order and refuses what cannot be.
func (s *Settings) check(now clock.Instant) error {
	if len(s.Plan) == 0 {
		s.Plan = slices.Clone(usualPlan)
	}
	seen := map[Phase]bool{}
	for i := range s.Plan {
		if err := s.Plan[i].check(now); err != nil {
			return err
		}
		if seen[s.Plan[i].Phase] {
			return wrongf("phase_twice", "plan", "The phase %s is in the plan twice.", s.Plan[i].Phase)
		}
		seen[s.Plan[i].Phase] = true
	}
	if !seen[Collect] {
		s.Plan = append([]Step{{Phase: Collect, Window: "8h"}}, s.Plan...)
	}
	slices.SortFunc(s.Plan, func(x, y Step) int { return slices.Index(phases, x.Phase) - slices.Index(phases, y.Phase) })
	last := clock.Instant(0)
	for _, p := range s.Plan {
		if p.Until != 0 && p.Until <= last {
			return wrongf("ends_cross", "plan", "The phase %s would end before the one before it. Choose a later end.", p.Phase)
		}
		last = max(last, p.Until)
	}
	return s.Vote.check(seen[Vote])
}

func (p *Step) check(now clock.Instant) error {
	switch p.Phase {
	case Collect, Reveal, Cluster, Refine, Vote:
	default:
		return wrong("phase", "plan", "The phases of a plan are collect, reveal, cluster, refine and vote.")
	}
	p.Window = strings.TrimSpace(p.Window)
	if p.Until != 0 {
		if p.Window != "" {
			return wrongf("two_ends", "plan", "Give the phase %s a share of everybody's hours or a fixed end, not both.", p.Phase)
		}
		if p.Until <= now {
			return wrongf("end_past", "plan", "Pick an end of the phase %s in the future.", p.Phase)
		}
		if p.Until > now.Add(366*24*time.Hour) {
			return wrongf("end_far", "plan", "Pick an end of the phase %s within a year.", p.Phase)
		}
		return nil
	}
	if p.Window == "" {
		return nil
	}
	w, err := worktime.ParseWindow(p.Window)
	if err != nil || w.IsDays || w.Hours <= 0 || w.Hours > longestWindow {
		return wrongf("window", "plan", "Say how much working time everybody gets for the phase %s, such as 4h or 12h (at most %dh).", p.Phase, int(longestWindow.Hours()))
	}
	p.Window = w.String()
	return nil
}

// share is how much working time a step gives everybody; 0 for none.
func (p Step) share() time.Duration {
	w, err := worktime.ParseWindow(p.Window)
	if err != nil || w.IsDays {
		return 0
	}
	return w.Hours
}

func titled(s string) (string, error) {
	s = people.CleanName(s)
	if s == "" {
		return "", wrong("title_needed", "title", "Ask a question or name the subject: people read it before they think.")
	}
	if utf8.RuneCountInString(s) > longestTitle {
		return "", wrongf("title_long", "title", "Keep the title to %d characters; the rest fits below it.", longestTitle)
	}
	return s, nil
}

// words trims what somebody wrote and refuses what is too long. Lines stay lines.
func words(s, field string, most int) (string, error) {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n")))
	if utf8.RuneCountInString(s) > most {
		return "", wrongf("too_long", field, "Keep this to %d characters.", most)
	}
	return s, nil
}

func wrong(code, field, sentence string) error {
	return fault.New(fault.Invalid, code, sentence).At(field)
}

func wrongf(code, field, format string, args ...any) error {
	return fault.Newf(fault.Invalid, code, format, args...).At(field)
}
