package people

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Busy is a stretch of time, [From, To), in which somebody is taken up elsewhere:
// they work, and are not to be interrupted.
type Busy struct{ From, To clock.Instant }

const mostBusy = 2_000 // of one person; the nearest ones stay

// SetBusyTx says when a person is busy elsewhere, instead of what was said before.
// It counts as focus in their hours, and others learn no more than when they can be
// reached. It does not check who asks; changed is false when nothing is new.
func (s *Service) SetBusyTx(ctx context.Context, tx *db.Tx, person id.ID, list []Busy) (changed bool, err error) {
	fresh := joined(list)
	old, err := loadBusy(ctx, tx, tx.Workspace, []id.ID{person})
	if err != nil {
		return false, err
	}
	text, err := json.Marshal(fresh)
	if err != nil {
		return false, err
	}
	before := "[]"
	if len(old) > 0 {
		before = canonical(old[0].Ranges)
	}
	if before == string(text) {
		return false, nil
	}
	if err := putBusy(ctx, tx, person, fresh); err != nil {
		return false, err
	}
	return true, hoursChanged(ctx, tx, id.ID{}, "busy", person)
}

// canonical writes stored JSON as json.Marshal would: engines keep it in their own way.
func canonical(stored string) string {
	var list [][2]int64
	if json.Unmarshal([]byte(stored), &list) != nil {
		return stored
	}
	b, err := json.Marshal(list)
	if err != nil {
		return stored
	}
	return string(b)
}

// joined sorts stretches, joins what touches, and makes them whole minutes.
func joined(list []Busy) [][2]int64 {
	const minute = int64(time.Minute / time.Microsecond)
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Busy) int { return int(min(1, max(-1, a.From-b.From))) })
	out := [][2]int64{}
	for _, b := range list {
		from, to := int64(b.From)/minute*minute, (int64(b.To)+minute-1)/minute*minute
		if b.To <= b.From {
			continue
		}
		if n := len(out); n > 0 && from <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], to)
			continue
		}
		out = append(out, [2]int64{from, to})
	}
	return out[:min(len(out), mostBusy)]
}

// withBusy adds stretches of time to a schedule's focus, by the clocks of the zone
// that the person is in then. Where clocks go back, an hour that comes twice is focus
// both times or the first time alone; nobody is interrupted more than that.
func withBusy(spec worktime.Spec, ranges [][2]int64) (worktime.Spec, error) {
	where, err := worktime.Spec{Zone: spec.Zone, Zones: spec.Zones}.Compile()
	if err != nil {
		return spec, err
	}
	focus := make(map[string][]string, len(spec.Focus)+len(ranges))
	for k, v := range spec.Focus {
		focus[k] = slices.Clone(v)
	}
	for _, r := range ranges {
		start := clock.Instant(r[0]).Time()
		zone := where.Zone(start)
		from, to := start.In(zone), clock.Instant(r[1]).Time().In(zone)
		for day := from; ; {
			next := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone)
			end := to.Format("15:04")
			if !to.Before(next) {
				end = "24:00"
			}
			if begin := day.Format("15:04"); begin < end { // not where clocks went back in between
				date := day.Format(time.DateOnly)
				focus[date] = append(focus[date], begin+"-"+end)
			}
			if day = next; !day.Before(to) {
				break
			}
		}
	}
	spec.Focus = focus
	return spec, nil
}

// OwnFocus lists the focus blocks in [from, to) that a person set themselves: those
// of their schedule, without what is busy elsewhere.
func (s *Service) OwnFocus(ctx context.Context, q db.Queryer, workspace, person id.ID, from, to clock.Instant) ([]worktime.Range, error) {
	found, err := sourcesOf(ctx, q, workspace, []id.ID{person})
	if err != nil || found[person] == nil {
		return nil, err
	}
	own := *found[person]
	own.busy = ""
	h, err := own.compile()
	if err != nil {
		return nil, err
	}
	return h.FocusRanges(from.Time(), to.Time()), nil
}
