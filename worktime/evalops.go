package worktime

import (
	"encoding/json"
	"strconv"
	"time"
)

// evalCase is one question; which fields count depends on Op.
type evalCase struct {
	Op        string            `json:"op"`
	Schedule  json.RawMessage   `json:"schedule"`
	Schedules []json.RawMessage `json:"schedules"`
	T         string            `json:"t"`
	U         string            `json:"u"`
	From      string            `json:"from"`
	To        string            `json:"to"`
	D         string            `json:"d"`
	N         *int              `json:"n"`
	K         *int              `json:"k"`
	Urgency   Urgency           `json:"urgency"`
}

var operations = map[string]func(*evaluator, evalCase) (result, error){
	"add": one(func(s *Schedule, t time.Time, c evalCase) (result, error) {
		d, err := duration(c.D)
		if err != nil {
			return result{}, err
		}
		return instantResult(s.Add(t, d))
	}),
	"next": one(func(s *Schedule, t time.Time, _ evalCase) (result, error) {
		return instantResult(s.Next(t))
	}),
	"between": one(func(s *Schedule, t time.Time, c evalCase) (result, error) {
		u, err := readInstant("u", c.U)
		if err != nil {
			return result{}, err
		}
		n := json.Number(strconv.FormatFloat(s.Between(t, u).Seconds(), 'f', -1, 64))
		return result{Seconds: &n}, nil
	}),
	"working": one(func(s *Schedule, t time.Time, _ evalCase) (result, error) {
		working := s.Working(t)
		return result{Working: &working}, nil
	}),
	"end_of_day": one(func(s *Schedule, t time.Time, c evalCase) (result, error) {
		if c.N == nil {
			return result{}, invalid("n", "Give a number of working days, such as 1.")
		}
		return instantResult(s.EndOfDay(t, *c.N))
	}),
	"reach": one(func(s *Schedule, t time.Time, c evalCase) (result, error) {
		return instantResult(s.Reach(t, c.Urgency))
	}),
	"fair":    fair,
	"overlap": overlap,
}

// one reads what every operation over one schedule needs.
func one(run func(*Schedule, time.Time, evalCase) (result, error)) func(*evaluator, evalCase) (result, error) {
	return func(e *evaluator, c evalCase) (result, error) {
		s, err := e.schedule(c.Schedule)
		if err != nil {
			return result{}, err
		}
		t, err := readInstant("t", c.T)
		if err != nil {
			return result{}, err
		}
		return run(s, t, c)
	}
}

func fair(e *evaluator, c evalCase) (result, error) {
	ss, err := e.many(c.Schedules)
	if err != nil {
		return result{}, err
	}
	t, err := readInstant("t", c.T)
	if err != nil {
		return result{}, err
	}
	d, err := duration(c.D)
	if err != nil {
		return result{}, err
	}
	return instantResult(Fair(ss, t, d))
}

func overlap(e *evaluator, c evalCase) (result, error) {
	ss, err := e.many(c.Schedules)
	if err != nil {
		return result{}, err
	}
	from, err := readInstant("from", c.From)
	if err != nil {
		return result{}, err
	}
	to, err := readInstant("to", c.To)
	if err != nil {
		return result{}, err
	}
	if c.K == nil || *c.K < 1 {
		return result{}, invalid("k", "Say how many must work at once, 1 or more.")
	}
	list := []rangeJSON{}
	for _, r := range Overlap(ss, from, to, *c.K) {
		list = append(list, rangeJSON(r))
	}
	return result{Ranges: &list}, nil
}

func (e *evaluator) many(raw []json.RawMessage) ([]*Schedule, error) {
	if len(raw) == 0 {
		return nil, invalid("schedules", "Give at least one schedule.")
	}
	out := make([]*Schedule, len(raw))
	for i, r := range raw {
		s, err := e.schedule(r)
		if err != nil {
			return nil, err
		}
		out[i] = s
	}
	return out, nil
}

func instantResult(t time.Time, err error) (result, error) {
	t = t.UTC()
	if err == nil && (t.Year() < 0 || t.Year() > 9999) {
		err = unreachable(t)
	}
	return result{At: &t}, err
}

func readInstant(field, s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, invalid(field, "%q is not an instant. Write it as 2026-03-17T07:00:00Z.", s)
	}
	return t, nil
}

func duration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, invalid("d", "%q is not a working duration. Write it as 4h or 37h15m.", s)
	}
	return d, nil
}
