package slack

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// eachElement reads a JSON list of any length and gives each element's own bytes, which
// are valid only during the call and must go through decode, which finds what is not
// JSON. Memory is bounded by one element. Errors of JSON
// become *BadArchive with line and byte; other errors pass.
func (s *source) eachElement(e entry, yield func(raw []byte) error) error {
	r, err := s.open(e)
	if err != nil {
		return err
	}
	defer r.Close()
	l := &listReader{r: r, max: s.limits.element, page: make([]byte, 32<<10)}
	err = l.each(yield)
	var wrong *wrongJSON
	if !errors.As(err, &wrong) {
		return err
	}
	b := refuse(e.name, "%s; fetch the export again, or mend this file", wrong.why)
	b.Place = s.place(e, wrong.at)
	return b
}

// place says line and byte of an offset, reading the file a second time to count lines.
func (s *source) place(e entry, at int64) string {
	line := 1
	if r, err := s.open(e); err == nil {
		defer r.Close()
		b := bufio.NewReader(io.LimitReader(r, at))
		for {
			c, err := b.ReadByte()
			if err != nil {
				break
			}
			if c == '\n' {
				line++
			}
		}
	}
	return fmt.Sprintf("line %d (byte %d)", line, at)
}

type wrongJSON struct {
	at  int64
	why string
}

func (w *wrongJSON) Error() string { return w.why }

// listReader cuts "[a, b, c]" into its elements without understanding them.
type listReader struct {
	r    io.Reader
	page []byte // room for what was read ahead
	win  []byte // what of it is still to come
	at   int64  // bytes taken so far
	max  int
	buf  []byte
}

func (l *listReader) each(yield func([]byte) error) error {
	c, err := l.first()
	if err != nil {
		return err
	}
	if c != '[' {
		return l.wrong("a JSON list should begin here")
	}
	for n := 0; ; n++ {
		if c, err = l.token(); err != nil {
			return err
		}
		if c == ']' && n == 0 {
			return l.end()
		}
		start := l.at - 1
		if c, err = l.element(c); err != nil {
			return err
		}
		if err := yield(l.buf); err != nil {
			return located(err, start)
		}
		switch c {
		case ',':
		case ']':
			return l.end()
		default:
			return l.wrong(`a "," or "]" should stand here`)
		}
	}
}

// located turns the standard library's complaint about one element into a place in the file.
func located(err error, start int64) error {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	return &wrongJSON{at: start + max(syntax.Offset-1, 0), why: "this is not valid JSON"}
}

// decode reads one element. A field of an unexpected type is left empty and reported as
// odd; only what is not JSON at all is an error.
func decode(raw []byte, into any) (odd bool, err error) {
	var kind *json.UnmarshalTypeError
	if err = json.Unmarshal(raw, into); errors.As(err, &kind) {
		return true, nil
	}
	return false, err
}

// element copies one value into buf and gives the first byte after it.
func (l *listReader) element(c byte) (byte, error) {
	l.buf = l.buf[:0]
	depth, quoted := 0, false
	for {
		switch {
		case quoted && c == '\\':
			l.buf = append(l.buf, c)
			next, err := l.next()
			if err != nil {
				return 0, err
			}
			c = next
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case depth > 0 && (c == '}' || c == ']'):
			depth--
		case depth == 0 && (c == ',' || c == ']' || c == '}'):
			return c, nil
		}
		if l.buf = append(l.buf, c); len(l.buf) > l.max {
			return 0, l.wrong("one entry is far larger than Slack allows")
		}
		if quoted {
			l.text()
		}
		next, err := l.next()
		if err != nil {
			return 0, err
		}
		c = next
	}
}

// text takes at once what cannot end a string.
func (l *listReader) text() {
	n := bytes.IndexByte(l.win, '"')
	if n < 0 {
		n = len(l.win)
	}
	if back := bytes.IndexByte(l.win[:n], '\\'); back >= 0 {
		n = back
	}
	n = min(n, max(l.max-len(l.buf), 0))
	l.buf = append(l.buf, l.win[:n]...)
	l.win = l.win[n:]
	l.at += int64(n)
}

// first skips the byte order mark that some editors write.
func (l *listReader) first() (byte, error) {
	c, err := l.token()
	for _, mark := range []byte("\xef\xbb\xbf") {
		if err != nil || c != mark || l.at > 3 {
			return c, err
		}
		c, err = l.token()
	}
	return c, err
}

func (l *listReader) token() (byte, error) {
	for {
		c, err := l.next()
		if err != nil || (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
			return c, err
		}
	}
}

func (l *listReader) next() (byte, error) {
	if len(l.win) == 0 {
		if err := l.fill(); err == io.EOF {
			return 0, &wrongJSON{at: l.at, why: "the file ends in the middle of its JSON"}
		} else if err != nil {
			return 0, err
		}
	}
	c := l.win[0]
	l.win = l.win[1:]
	l.at++
	return c, nil
}

func (l *listReader) fill() error {
	for range 100 {
		n, err := l.r.Read(l.page)
		if l.win = l.page[:n]; n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// end reads on to the end of the file, so that its checksum is compared too.
func (l *listReader) end() error {
	_, err := l.token()
	var atEnd *wrongJSON
	if errors.As(err, &atEnd) {
		return nil
	}
	if err != nil {
		return err
	}
	return l.wrong("something follows after the end of the list")
}

func (l *listReader) wrong(why string) error { return &wrongJSON{at: max(l.at-1, 0), why: why} }
