package worktime

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Eval reads a JSON array of cases and writes a JSON array of results in the
// same order. What cannot be answered is written as an error in its place.
// Input that is no array of JSON at all is an error, and nothing is written.
func Eval(r io.Reader, w io.Writer) error {
	in, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("reading the cases: %w", err)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(in, &raw); err != nil {
		return fmt.Errorf("the cases are not a JSON array: %w", err)
	}
	e := evaluator{schedules: map[string]*Schedule{}}
	results := make([]result, len(raw))
	for i, c := range raw {
		results[i] = e.answer(c)
	}
	out, err := json.Marshal(results)
	if err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	_, err = w.Write(append(out, '\n'))
	return err
}

// result is one answer; only what the operation writes is set.
type result struct {
	ID      json.RawMessage `json:"id,omitempty"`
	At      *time.Time      `json:"at,omitempty"`
	Seconds *json.Number    `json:"seconds,omitempty"`
	Working *bool           `json:"working,omitempty"`
	Ranges  *[]rangeJSON    `json:"ranges,omitempty"`
	Error   *problem        `json:"error,omitempty"`
}

type rangeJSON struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

type problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// evaluator keeps the schedules it has read, since tables repeat them.
type evaluator struct{ schedules map[string]*Schedule }

func (e *evaluator) answer(raw json.RawMessage) result {
	var id struct {
		ID json.RawMessage `json:"id"`
	}
	_ = json.Unmarshal(raw, &id) // what is wrong with it is said below
	res, err := e.eval(raw)
	res.ID = id.ID
	if err != nil {
		res = result{ID: id.ID, Error: &problem{Code: "invalid", Message: err.Error()}}
		if errors.Is(err, ErrUnreachable) {
			res.Error.Code = "unreachable"
		}
	}
	return res
}

func (e *evaluator) eval(raw json.RawMessage) (result, error) {
	var c evalCase
	if err := json.Unmarshal(raw, &c); err != nil {
		var typ *json.UnmarshalTypeError
		if errors.As(err, &typ) && typ.Field != "" {
			return result{}, invalid(typ.Field, "A %s does not belong here.", typ.Value)
		}
		return result{}, invalid("", "A case is a JSON object with a schedule and an op.")
	}
	run, ok := operations[c.Op]
	if !ok {
		return result{}, invalid("op", "%q is not an operation. Use add, next, between, working, end_of_day, reach, fair or overlap.", c.Op)
	}
	return run(e, c)
}

// schedule compiles a schedule, once for each spelling.
func (e *evaluator) schedule(raw json.RawMessage) (*Schedule, error) {
	if len(raw) == 0 {
		return nil, invalid("schedule", "Give a schedule.")
	}
	if s, ok := e.schedules[string(raw)]; ok {
		return s, nil
	}
	s, err := Parse(raw)
	if err == nil {
		e.schedules[string(raw)] = s
	}
	return s, err
}
