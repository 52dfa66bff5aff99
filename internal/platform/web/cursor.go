package web

import (
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// After reads where a list goes on whose cursor is the id of the last thing shown:
// the zero id for the beginning. Anything else is a BadCursor.
func After(prefix, cursor string) (id.ID, error) {
	if cursor == "" {
		return id.ID{}, nil
	}
	x, err := id.Decode(prefix, cursor)
	if err != nil {
		return x, BadCursor("after")
	}
	return x, nil
}

// BadCursor is the fault of a cursor that no list gave.
func BadCursor(field string) error {
	return fault.New(fault.Invalid, "bad_cursor", "This list cannot go on from there; read it from the beginning.").At(field)
}
