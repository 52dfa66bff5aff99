package ics

import (
	"strings"
	"unicode/utf8"
)

// line is one content line: NAME;PARAM=value:VALUE.
type line struct {
	number int
	name   string
	params map[string]string // the first value of each, names in capitals
	value  string
}

func (l line) param(name string) string { return l.params[name] }

// lines reads the content lines of a text, unfolded. Lines that are none are told
// to bad and left out.
func lines(text string, each func(line) bool, bad func(Problem)) {
	text = strings.TrimPrefix(text, "\ufeff")
	number := 0
	var whole []byte
	begun := 0
	flush := func() bool {
		if begun == 0 {
			return true
		}
		l, ok := contentLine(strings.ToValidUTF8(string(whole), "\uFFFD"))
		l.number = begun
		whole, begun = whole[:0], 0
		if !ok {
			bad(Problem{Line: l.number, Why: "a name, a colon and a value belong here."})
			return true
		}
		return each(l)
	}
	for len(text) > 0 {
		var raw string
		raw, text = cutLine(text)
		number++
		if raw != "" && (raw[0] == ' ' || raw[0] == '\t') && begun > 0 {
			whole = append(whole, raw[1:]...)
			continue
		}
		if !flush() {
			return
		}
		if strings.TrimSpace(raw) != "" {
			whole, begun = append(whole, raw...), number
		}
	}
	flush()
}

// cutLine cuts a text at its first line end: CRLF, LF or CR.
func cutLine(text string) (first, rest string) {
	i := strings.IndexAny(text, "\r\n")
	if i < 0 {
		return text, ""
	}
	if strings.HasPrefix(text[i:], "\r\n") {
		return text[:i], text[i+2:]
	}
	return text[:i], text[i+1:]
}

func contentLine(text string) (l line, ok bool) {
	end := strings.IndexAny(text, ";:")
	if end < 1 {
		return l, false
	}
	l.name = strings.ToUpper(strings.TrimSpace(text[:end]))
	rest := text[end:]
	for strings.HasPrefix(rest, ";") {
		var name, value string
		name, value, rest = param(rest[1:])
		if l.params == nil {
			l.params = map[string]string{}
		}
		if _, twice := l.params[name]; !twice && name != "" {
			l.params[name] = value
		}
	}
	if !strings.HasPrefix(rest, ":") {
		return l, false
	}
	l.value = rest[1:]
	return l, true
}

// param reads one parameter up to the ; or : after it. Of several values the first
// is taken, which is all that anybody here asks for.
func param(text string) (name, value, rest string) {
	end := strings.IndexAny(text, "=;:")
	if end < 0 {
		return "", "", ""
	}
	name, rest = strings.ToUpper(strings.TrimSpace(text[:end])), text[end:]
	if rest[0] != '=' {
		return name, "", rest
	}
	rest = rest[1:]
	first := true
	for {
		var one string
		if strings.HasPrefix(rest, `"`) {
			closing := strings.IndexByte(rest[1:], '"')
			if closing < 0 {
				return name, value, ""
			}
			one, rest = rest[1:1+closing], rest[2+closing:]
		}
		// What stands bare, or oddly behind a quoted value.
		end := strings.IndexAny(rest, ",;:")
		if end < 0 {
			return name, value, ""
		}
		one, rest = one+rest[:end], rest[end:]
		if first {
			value, first = one, false
		}
		if rest[0] != ',' {
			return name, value, rest
		}
		rest = rest[1:]
	}
}

// unescape reads a TEXT value: control characters other than line ends are dropped.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if r == '\\' && i < len(s) {
			r, size = utf8.DecodeRuneInString(s[i:])
			i += size
			if r == 'n' || r == 'N' {
				r = '\n'
			}
		}
		if r == '\n' || r == '\t' || (r >= ' ' && r != 0x7f) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
