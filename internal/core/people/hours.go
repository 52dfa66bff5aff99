package people

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"io"
	"slices"
	"sync"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Hours is a person's compiled schedule: weekly hours, travel, overrides, focus,
// check times, absences, the holidays of the calendars they follow, and what they are
// busy with elsewhere. It is as
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
	found, err := sourcesOf(ctx, q, workspace, list)
	if err != nil {
		return err
	}
	for _, r := range missing {
		h, err := s.hours.shared(found[r.PersonID])
		if err != nil {
			return err
		}
		s.hours.put(r.Stamp, r.PersonID, h)
		out[r.PersonID] = h
	}
	return nil
}

// source is all that a schedule is made of, as it is stored.
type source struct {
	spec     string
	days     []string // of each calendar
	absences []worktime.Absence
	busy     string // "" for never
}

func sourcesOf(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) (map[id.ID]*source, error) {
	out := make(map[id.ID]*source, len(list))
	if len(list) == 0 {
		return out, nil
	}
	specs, err := loadSpecTexts(ctx, q, workspace, list)
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
	busy, err := loadBusy(ctx, q, workspace, list)
	if err != nil {
		return nil, err
	}
	for _, r := range specs {
		out[r.PersonID] = &source{spec: r.Spec}
	}
	for _, r := range absences {
		if of := out[r.PersonID]; of != nil {
			of.absences = append(of.absences, r.forWorktime())
		}
	}
	for _, r := range days {
		if of := out[r.PersonID]; of != nil {
			of.days = append(of.days, r.Days)
		}
	}
	for _, r := range busy {
		if of := out[r.PersonID]; of != nil {
			of.busy = r.Ranges
		}
	}
	return out, nil
}

// key is the same for people whose hours are.
func (s *source) key() (key [sha256.Size]byte) {
	sum := sha256.New()
	put := func(text string) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(text)))
		_, _ = sum.Write(n[:])
		_, _ = io.WriteString(sum, text)
	}
	put(s.spec)
	for _, d := range s.days {
		put("days")
		put(d)
	}
	for _, a := range s.absences {
		put("absence")
		put(a.From)
		put(a.To)
	}
	put("busy")
	put(s.busy)
	sum.Sum(key[:0])
	return key
}

func (s *source) compile() (*worktime.Schedule, error) {
	var spec worktime.Spec
	if err := json.Unmarshal([]byte(s.spec), &spec); err != nil {
		return nil, err
	}
	spec.Absences = append(spec.Absences, s.absences...)
	for _, text := range s.days {
		var days []Day
		if err := json.Unmarshal([]byte(text), &days); err != nil {
			return nil, err
		}
		spec.Holidays = withDays(spec.Holidays, days)
	}
	if s.busy != "" {
		var ranges [][2]int64
		err := json.Unmarshal([]byte(s.busy), &ranges)
		if err == nil {
			spec, err = withBusy(spec, ranges)
		}
		if err != nil {
			return nil, err
		}
	}
	return spec.Compile()
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
// new one, so that nothing in here is ever wrong, only unused. People who work the
// same hours share one schedule.
type hoursCache struct {
	mu   sync.RWMutex
	m    map[hoursKey]*worktime.Schedule
	same map[[sha256.Size]byte]*worktime.Schedule
}

type hoursKey struct{ stamp, person id.ID }

// mostCached bounds the people in the cache, some sixty bytes each, and mostShared
// the different schedules that others may yet share, a few kilobytes each at most.
const (
	mostCached = 200_000
	mostShared = 20_000
)

func newHoursCache() *hoursCache {
	return &hoursCache{m: map[hoursKey]*worktime.Schedule{}, same: map[[sha256.Size]byte]*worktime.Schedule{}}
}

func (c *hoursCache) get(stamp, person id.ID) *worktime.Schedule {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.m[hoursKey{stamp, person}]
}

func (c *hoursCache) put(stamp, person id.ID, h *worktime.Schedule) {
	c.mu.Lock()
	defer c.mu.Unlock()
	putWithin(c.m, hoursKey{stamp, person}, h, mostCached)
}

// shared is the schedule made of a source, compiled once for all who have the same.
func (c *hoursCache) shared(of *source) (*worktime.Schedule, error) {
	key := of.key()
	c.mu.RLock()
	h := c.same[key]
	c.mu.RUnlock()
	if h != nil {
		return h, nil
	}
	h, err := of.compile()
	if err == nil {
		c.mu.Lock()
		putWithin(c.same, key, h, mostShared)
		c.mu.Unlock()
	}
	return h, err
}

// putWithin makes room for one more: any will do, what is still needed comes back
// by itself.
func putWithin[K comparable](m map[K]*worktime.Schedule, key K, h *worktime.Schedule, most int) {
	for k := range m {
		if len(m) < most {
			break
		}
		delete(m, k)
	}
	m[key] = h
}
