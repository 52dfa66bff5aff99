package web

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"example.org/meantime/internal/platform/fault"
)

// errNUL refuses the one character that not every database can keep.
var errNUL = fault.New(fault.Invalid, "nul_character", "The request holds a character with the number zero, which no text needs. Take it out.")

var errQuery = fault.New(fault.Invalid, "query_no_text", "The address holds characters that cannot be read. Write them in UTF-8, with percent signs.")

// formats reads and writes JSON as huma does, but refuses NUL in what it reads and
// takes what is written already.
func formats() map[string]huma.Format {
	out := map[string]huma.Format{}
	for name, f := range huma.DefaultFormats {
		read := f.Unmarshal
		f.Unmarshal = func(data []byte, v any) error {
			if hasNUL(string(data)) {
				return errNUL
			}
			return read(data, v)
		}
		f.Marshal = answer
		out[name] = f
	}
	return out
}

// hasNUL says whether JSON has a string with NUL in it: \u0000 behind an even
// number of backslashes. (The bare byte is no JSON.)
func hasNUL(data string) bool {
	for {
		i := strings.Index(data, `\u0000`)
		if i < 0 {
			return false
		}
		before := 0
		for before < i && data[i-before-1] == '\\' {
			before++
		}
		if before%2 == 0 {
			return true
		}
		data = data[i+len(`\u0000`):]
	}
}

// queryIsText refuses NUL, and bytes that are no text, in the query. Paths hold
// ids, which are read letter by letter.
func queryIsText(ctx huma.Context, next func(huma.Context)) {
	u := ctx.URL()
	q, err := url.QueryUnescape(u.RawQuery)
	if err != nil || strings.Contains(q, "\x00") || !utf8.ValidString(q) {
		refuse(ctx, errQuery)
		return
	}
	next(ctx)
}

// refuse answers with a problem before an operation has begun.
func refuse(ctx huma.Context, err error) {
	p := ProblemOf(err)
	ctx.SetHeader("Content-Type", p.ContentType(""))
	ctx.SetStatus(p.Status)
	_ = json.NewEncoder(ctx.BodyWriter()).Encode(p)
}

// refusedNUL finds errNUL among what huma found wrong with a body, of which it
// keeps only the words.
func refusedNUL(errs []error) bool {
	for _, err := range errs {
		var d *huma.ErrorDetail
		if errors.As(err, &d) && d.Message == errNUL.Error() {
			return true
		}
	}
	return false
}
