// Package fault tells two kinds of error apart: faults, which are for the
// person who asked and say what to do, and everything else, which is ours.
package fault

import (
	"errors"
	"fmt"
)

// Kind says how a fault is answered.
type Kind int

// The kinds of fault and the HTTP status each becomes.
const (
	Invalid         Kind = iota + 1 // 422: the request says something impossible
	Unauthenticated                 // 401: sign in first
	Forbidden                       // 403: you can see it but may not do that
	NotFound                        // 404: not there, or not for you to see
	Conflict                        // 409: it changed, or was done already
	Gone                            // 410: it was there once
	TooLarge                        // 413
	Limited                         // 429: too often
	Unavailable                     // 503: try again later
)

// Fault is an error for people: a kind, a stable code and one friendly sentence.
type Fault struct {
	Kind     Kind
	Code     string // stable, snake_case
	Sentence string
	Field    string // the field of the request it is about, "" for the whole
	Retry    int    // seconds after which to try again, for Limited and Unavailable
}

// New makes a fault.
func New(kind Kind, code, sentence string) *Fault {
	return &Fault{Kind: kind, Code: code, Sentence: sentence}
}

// Newf makes a fault with a formatted sentence.
func Newf(kind Kind, code, format string, args ...any) *Fault {
	return New(kind, code, fmt.Sprintf(format, args...))
}

// At names the field that the fault is about and returns the same fault.
func (f *Fault) At(field string) *Fault { f.Field = field; return f }

func (f *Fault) Error() string { return f.Code + ": " + f.Sentence }

// As finds the fault in a chain of errors, or nil.
func As(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// Is says whether err is a fault of this code.
func Is(err error, code string) bool { f := As(err); return f != nil && f.Code == code }

// IsKind says whether err is a fault of this kind.
func IsKind(err error, k Kind) bool { f := As(err); return f != nil && f.Kind == k }

// Wrap adds where an error happened. Use it deferred:
//
//	defer fault.Wrap(&err, "asks.Answer(%s)", ask)
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}

// Missing is the answer to everything one may not see.
func Missing(noun string) *Fault {
	return New(NotFound, "not_found", "There is no such "+noun+", or you may not see it.")
}
