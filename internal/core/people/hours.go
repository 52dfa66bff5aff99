package people

import (
	"context"
	"slices"
	"sync"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Hours is a person's compiled schedule: weekly hours, travel, overrides, focus,
// check times, absences and the holidays of the calendars they follow. It is as
// fresh as q, on every node. Nobody is a not_found fault.
func (s *Service) Hours(ctx context.Context, q db.Queryer, workspace, person id.ID) (*worktime.Schedule, error) {
	all, err := s.HoursOf(ctx, q, workspace, []id.ID{person})
	if err != nil {
		return nil, err
	}
	h, ok := all[person]
	if !ok {
		return nil, fault.Missing("person")
	}
	return h, nil
}

// HoursOf compiles the schedules of many at once; who is not there is left out.
// What is in the cache costs one small query for all of them.
func (s *Service) HoursOf(ctx context.Context, q db.Queryer, workspace id.ID, persons []id.ID) (map[id.ID]*worktime.Schedule, error) {
	out := make(map[id.ID]*worktime.Schedule, len(persons))
	for _, part := range chunks(unique(persons)) {
		// The stamp is read before the rest, so that a change in between is
		// compiled again and never taken for the older state.
		stamps, err := loadStamps(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		if err := s.compiled(ctx, q, workspace, stamps, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// compiled finds schedules in the cache, and compiles those that are not there.
func (s *Service) compiled(ctx context.Context, q db.Queryer, workspace id.ID, stamps []stampRow, out map[id.ID]*worktime.Schedule) error {
	var missing []stampRow
	for _, r := range stamps {
		if h := s.hours.get(r.Stamp, r.PersonID); h != nil {
			out[r.PersonID] = h
		} else {
			missing = append(missing, r)
		}
	}
	return s.compile(ctx, q, workspace, missing, out)
}

func (s *Service) compile(ctx context.Context, q db.Queryer, workspace id.ID, missing []stampRow, out map[id.ID]*worktime.Schedule) (err error) {
	defer fault.Wrap(&err, "people.HoursOf")
	list := make([]id.ID, 0, len(missing))
	for _, r := range missing {
		list = append(list, r.PersonID)
	}
	specs, err := fullSpecs(ctx, q, workspace, list)
	if err != nil {
		return err
	}
	for _, r := range missing {
		h, err := specs[r.PersonID].Compile()
		if err != nil {
			return err
		}
		s.hours.put(r.Stamp, r.PersonID, h)
		out[r.PersonID] = h
	}
	return nil
}

// fullSpecs puts together all that a schedule is made of.
func fullSpecs(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) (map[id.ID]worktime.Spec, error) {
	out := map[id.ID]worktime.Spec{}
	if len(list) == 0 {
		return out, nil
	}
	specs, err := loadSpecs(ctx, q, workspace, list)
	if err != nil {
		return nil, err
	}
	absences, err := loadAbsences(ctx, q, workspace, list)
	if err != nil {
		return nil, err
	}
	days, err := loadHolidays(ctx, q, workspace, list)
	if err != nil {
		return nil, err
	}
	for _, r := range specs {
		out[r.PersonID] = r.Spec.V
	}
	for _, r := range absences {
		spec := out[r.PersonID]
		spec.Absences = append(spec.Absences, r.forWorktime())
		out[r.PersonID] = spec
	}
	for _, r := range days {
		spec := out[r.PersonID]
		spec.Holidays = withDays(spec.Holidays, r.Days.V)
		out[r.PersonID] = spec
	}
	return out, nil
}

// mostHolidays is how many worktime takes in one schedule.
const mostHolidays = 20_000

// withDays adds a calendar's days; each counts once, and when there are too
// many the newest stay.
func withDays(have []string, days []Day) []string {
	for _, d := range days {
		have = append(have, d.forWorktime())
	}
	slices.Sort(have)
	have = slices.Compact(have)
	return have[max(0, len(have)-mostHolidays):]
}

func moves(spec worktime.Spec) []worktime.ZonePeriod {
	list := append([]worktime.ZonePeriod{}, spec.Zones...)
	slices.SortStableFunc(list, func(a, b worktime.ZonePeriod) int {
		if a.From < b.From {
			return -1
		}
		if a.From > b.From {
			return 1
		}
		return 0
	})
	return list
}

// hoursCache keeps compiled schedules by stamp: a schedule that changes gets a
// new one, so that nothing in here is ever wrong, only unused.
type hoursCache struct {
	mu sync.RWMutex
	m  map[hoursKey]*worktime.Schedule
}

type hoursKey struct{ stamp, person id.ID }

// mostCached bounds the cache; a few kilobytes each at most.
const mostCached = 20_000

func newHoursCache() *hoursCache { return &hoursCache{m: map[hoursKey]*worktime.Schedule{}} }

func (c *hoursCache) get(stamp, person id.ID) *worktime.Schedule {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.m[hoursKey{stamp, person}]
}

func (c *hoursCache) put(stamp, person id.ID, h *worktime.Schedule) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k := range c.m { // any will do: what is still needed comes back by itself
		if len(c.m) < mostCached {
			break
		}
		delete(c.m, k)
	}
	c.m[hoursKey{stamp, person}] = h
}
