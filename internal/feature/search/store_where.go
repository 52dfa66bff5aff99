package search

import (
	"fmt"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// where gathers conditions and their arguments.
type where struct {
	parts []string
	args  []any
}

func (w *where) String() string { return strings.Join(w.parts, ` AND `) }

// arg names one more argument.
func (w *where) arg(x any) string {
	w.args = append(w.args, x)
	return fmt.Sprintf("$%d", len(w.args))
}

func (w *where) add(part string, arg any) { w.parts = append(w.parts, fmt.Sprintf(part, w.arg(arg))) }

func (w *where) in(column string, ids []id.ID, or string) {
	first := len(w.args) + 1
	w.args = db.Args(ids, w.args...)
	w.parts = append(w.parts, `(`+column+` IN (`+db.In(first, len(ids))+`)`+or+`)`)
}
