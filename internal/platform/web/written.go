package web

import (
	"bytes"
	"encoding/json"
	"io"
	"sync"
)

// Written is a body that was put together as JSON already, from parts that were
// kept. Its exported fields describe it in the API and are not looked at.
type Written interface {
	// JSON is the whole text; nil when there is none, and the fields are it.
	JSON() []byte
}

// Encode writes a value as answers have it: with < and > as they are.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	err := encodeTo(&b, v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func encodeTo(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// answer writes a body.
func answer(w io.Writer, v any) error {
	if p, ok := v.(Written); ok {
		if b := p.JSON(); b != nil {
			_, err := w.Write(b)
			return err
		}
	}
	if a, ok := v.(Appender); ok {
		return appended(w, a)
	}
	return encodeTo(w, v)
}

// mostLent bounds the buffers that are kept for the next answer, in bytes.
const mostLent = 1 << 20

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// appended writes a body that writes itself, in bytes that are lent to it.
func appended(w io.Writer, a Appender) error {
	lent, _ := buffers.Get().(*[]byte)
	b := append(a.AppendJSON((*lent)[:0]), '\n')
	_, err := w.Write(b)
	if *lent = b; cap(b) <= mostLent {
		buffers.Put(lent)
	}
	return err
}
