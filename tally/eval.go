package tally

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Case is one question of Eval: what Count is given, and an id to find the
// answer by.
type Case struct {
	ID       json.RawMessage `json:"id,omitempty"`
	Method   Method          `json:"method"`
	Options  []string        `json:"options"`
	Ballots  []Ballot        `json:"ballots"`
	Settings Settings        `json:"settings"`
}

// Answer is the result of one case, or what is wrong with it.
type Answer struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Result *Result         `json:"result,omitempty"`
	Error  *Problem        `json:"error,omitempty"`
}

// Problem is what is wrong with a case, in a sentence fit for people.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Eval reads a JSON array of cases and writes a JSON array of answers in the
// same order. A case that makes no sense is answered by an error in its place.
// Input that is no JSON array is an error, and nothing is written.
func Eval(r io.Reader, w io.Writer) error {
	in, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("reading the cases: %w", err)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(in, &raw); err != nil {
		return fmt.Errorf("the cases are not a JSON array: %w", err)
	}
	answers := make([]Answer, len(raw))
	for i, c := range raw {
		answers[i] = answer(c)
	}
	out, err := json.Marshal(answers)
	if err != nil {
		return fmt.Errorf("writing the answers: %w", err)
	}
	_, err = w.Write(append(out, '\n'))
	return err
}

func answer(raw json.RawMessage) Answer {
	c, err := readCase(raw)
	if err == nil {
		var r Result
		if r, err = Count(c.Method, c.Options, c.Ballots, c.Settings); err == nil {
			return Answer{ID: c.ID, Result: &r}
		}
	}
	var id struct {
		ID json.RawMessage `json:"id"`
	}
	_ = json.Unmarshal(raw, &id) // what is wrong with the case is known already
	return Answer{ID: id.ID, Error: &Problem{"invalid", err.Error()}}
}

// readCase is strict: a misspelt setting must not go unnoticed in a vote.
func readCase(raw json.RawMessage) (Case, error) {
	var c Case
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		var typ *json.UnmarshalTypeError
		if errors.As(err, &typ) && typ.Field != "" {
			return c, invalid(typ.Field, "A %s does not belong here.", typ.Value)
		}
		return c, invalid("", "A case is a JSON object with a method, options, ballots and settings: %s.", err)
	}
	return c, nil
}
