package db

import (
	"database/sql/driver"
	"errors"
	"strings"

	"modernc.org/sqlite"
)

func init() {
	// The one function that both engines have under the same name; see the first migration.
	sqlite.MustRegisterDeterministicScalarFunction("greatest", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		a, okA := args[0].(int64)
		b, okB := args[1].(int64)
		switch {
		case !okA:
			return args[1], nil
		case !okB:
			return args[0], nil
		}
		return max(a, b), nil
	})
}

const (
	sqliteBusy   = 5
	sqliteUnique = 2067
	sqlitePK     = 1555
)

func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func busy(err error) bool { return code(err)&0xff == sqliteBusy }

func unique(err error) bool {
	c := code(err)
	return c == sqliteUnique || c == sqlitePK || (c != 0 && strings.Contains(err.Error(), "UNIQUE constraint"))
}
