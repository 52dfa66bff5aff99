package brainstorms

import (
	"context"
	"fmt"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Without says that leaving one person out brings the end of a phase forward.
type Without struct {
	Person id.ID
	End    clock.Instant
	Off    []people.Off // what of theirs comes in between
}

// muchSooner is by how much, to be worth saying.
const muchSooner = 24 * time.Hour

// leaveOut finds the one person without whom a phase would end much sooner.
func (s *Service) leaveOut(ctx context.Context, q db.Queryer, ws id.ID, one Ahead) (*Without, error) {
	var last people.Share
	for _, x := range one.Shares {
		if x.End > last.End {
			last = x
		}
	}
	var next clock.Instant
	for _, x := range one.Shares {
		if x.Person != last.Person {
			next = max(next, x.End)
		}
	}
	if one.End.IsZero() || next.IsZero() || last.End.Sub(next) < muchSooner {
		return nil, nil //nolint:nilnil // nobody holds it up
	}
	usual, err := s.people.UsualBetween(ctx, q, ws, []id.ID{last.Person}, one.Begin, last.End)
	return &Without{Person: last.Person, End: next, Off: usual[last.Person].Off}, err
}

// says tells of it in a sentence, on a reader's clock.
func (w *Without) says(name string, mine *worktime.Schedule) string {
	local := func(at clock.Instant) string {
		t := at.Time()
		if mine != nil {
			t = t.In(mine.Zone(t))
		}
		return t.Format("Mon 2 Jan 15:04")
	}
	var why []string
	for _, o := range w.Off {
		switch {
		case o.Takes == 0:
		case o.Absence:
			why = append(why, fmt.Sprintf("away from %s to %s", local(o.From), local(o.To)))
		default:
			why = append(why, fmt.Sprintf("%s on %s", o.Name, time.Date(o.Date.Year, o.Date.Month, o.Date.Day, 0, 0, 0, 0, time.UTC).Format("Mon 2 Jan")))
		}
	}
	because := ""
	if len(why) > 0 {
		because = " (" + strings.Join(why[:min(3, len(why))], "; ") + ")"
	}
	return fmt.Sprintf("It waits for %s%s. Without them it would end %s.", name, because, local(w.End))
}
