package slack

import (
	"encoding/json"
	"unicode/utf16"
	"unicode/utf8"
)

// Nearly all messages of an export are small objects of a few well-known fields. They
// are read here in one go; whatever is the least unusual about a message is left to
// encoding/json, which decides what it means and whether it is JSON at all.

// decodeHead is decode for a head.
func decodeHead(raw []byte, h *rawHead) (odd bool, err error) {
	if members(raw, func(key string, val []byte) bool { return h.quick(key, val) }) {
		return false, nil
	}
	*h = rawHead{}
	return decode(raw, h)
}

// decodeMessage is decode for a message. Its blocks are decoded when they are needed,
// from raw, which must still be there then.
func decodeMessage(raw []byte, m *rawMessage) error {
	if members(raw, func(key string, val []byte) bool { return m.quick(key, val) }) {
		return nil
	}
	*m = rawMessage{}
	_, err := decode(raw, m)
	return err
}

func (m *rawMessage) quick(key string, val []byte) bool {
	switch key {
	case "message":
		return json.Unmarshal(val, &m.Message) == nil
	case "edited":
		return json.Unmarshal(val, &m.Edited) == nil
	case "attachments":
		return json.Unmarshal(val, &m.Attachments) == nil
	case "blocks":
		m.later = val
		return val[0] == '['
	}
	return m.rawHead.quick(key, val)
}

// blocks decodes what was put off.
func (m *rawMessage) blocks() []rawBlock {
	if m.later != nil {
		_, _ = decode(m.later, &m.Blocks) // it is JSON, and odd fields stay empty
		m.later = nil
	}
	return m.Blocks
}

func (h *rawHead) quick(key string, val []byte) bool { //nolint:funlen // a line for each field
	switch key {
	case "type":
		return quickText(val, &h.Type)
	case "subtype":
		return quickText(val, &h.Subtype)
	case "ts":
		return quickText(val, (*string)(&h.TS))
	case "thread_ts":
		return quickText(val, (*string)(&h.ThreadTS))
	case "user":
		return quickText(val, &h.User)
	case "bot_id":
		return quickText(val, &h.BotID)
	case "username":
		return quickText(val, &h.Username)
	case "text":
		return quickText(val, &h.Text)
	case "reply_count":
		return json.Unmarshal(val, &h.ReplyCount) == nil
	case "bot_profile":
		return json.Unmarshal(val, &h.BotProfile) == nil
	case "user_profile":
		return json.Unmarshal(val, &h.UserProfile) == nil
	case "comment":
		return json.Unmarshal(val, &h.Comment) == nil
	case "file":
		return json.Unmarshal(val, &h.File) == nil
	case "files":
		return json.Unmarshal(val, &h.Files) == nil
	case "reactions":
		return json.Unmarshal(val, &h.Reactions) == nil
	case "pinned_to":
		return json.Unmarshal(val, &h.PinnedTo) == nil
	case "message":
		return json.Unmarshal(val, &h.Message) == nil
	case "attachments":
		return h.Attachments.UnmarshalJSON(val) == nil
	case "blocks":
		return h.Blocks.UnmarshalJSON(val) == nil
	}
	return true
}

// members gives the fields of an object, each once. False when it is not a plain
// object of plainly named fields.
func members(raw []byte, yield func(key string, val []byte) bool) bool {
	r := checker{b: raw}
	var seen [48]string
	n := 0
	if !r.take('{') {
		return false
	}
	for {
		r.space()
		key, ok := r.name()
		if !ok || n == len(seen) || !r.take(':') {
			return false
		}
		for _, k := range seen[:n] {
			if k == string(key) {
				return false
			}
		}
		r.space()
		from := r.i
		if !r.value(0) {
			return false
		}
		seen[n] = known(key)
		n++
		if !yield(seen[n-1], raw[from:r.i]) {
			return false
		}
		if r.take(',') {
			continue
		}
		return r.take('}') && r.end()
	}
}

// known is a field's name without making a new string of a usual one.
func known(key []byte) string {
	switch string(key) {
	case "type":
		return "type"
	case "ts":
		return "ts"
	case "user":
		return "user"
	case "text":
		return "text"
	case "thread_ts":
		return "thread_ts"
	case "team":
		return "team"
	case "client_msg_id":
		return "client_msg_id"
	case "blocks":
		return "blocks"
	}
	return string(key)
}

// checker goes over JSON byte by byte and checks it as it goes.
type checker struct {
	b []byte
	i int
}

func (r *checker) space() {
	for r.i < len(r.b) && (r.b[r.i] == ' ' || r.b[r.i] == '\n' || r.b[r.i] == '\t' || r.b[r.i] == '\r') {
		r.i++
	}
}

// take passes over one byte and the space before it.
func (r *checker) take(c byte) bool {
	r.space()
	if r.i < len(r.b) && r.b[r.i] == c {
		r.i++
		return true
	}
	return false
}

func (r *checker) end() bool { r.space(); return r.i == len(r.b) }

// name reads a field's name of small letters, digits and "_": encoding/json matches
// others more loosely.
func (r *checker) name() ([]byte, bool) {
	if !r.take('"') {
		return nil, false
	}
	for from := r.i; r.i < len(r.b); r.i++ {
		switch c := r.b[r.i]; {
		case c == '"':
			r.i++
			return r.b[from : r.i-1], true
		case c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9'):
			return nil, false
		}
	}
	return nil, false
}

const deepest = 60 // nested values; deeper ones are left to encoding/json

func (r *checker) value(depth int) bool {
	if r.i >= len(r.b) || depth > deepest {
		return false
	}
	switch r.b[r.i] {
	case '"':
		return r.text()
	case '{':
		return r.list('}', func() bool { return r.take('"') && r.back() && r.text() && r.take(':') && r.inner(depth) })
	case '[':
		return r.list(']', func() bool { return r.inner(depth) })
	}
	from := r.i
	for r.i < len(r.b) && r.b[r.i] > ' ' && r.b[r.i] != ',' && r.b[r.i] != '}' && r.b[r.i] != ']' {
		r.i++
	}
	switch string(r.b[from:r.i]) {
	case "true", "false", "null", "0":
		return true
	}
	return json.Valid(r.b[from:r.i])
}

func (r *checker) inner(depth int) bool { r.space(); return r.value(depth + 1) }

func (r *checker) back() bool { r.i--; return true }

// list passes over what stands between brackets.
func (r *checker) list(end byte, one func() bool) bool {
	r.i++
	if r.take(end) {
		return true
	}
	for {
		if r.space(); !one() {
			return false
		}
		if !r.take(',') {
			return r.take(end)
		}
	}
}

// text passes over a string.
func (r *checker) text() bool {
	for r.i++; r.i < len(r.b); r.i++ {
		switch c := r.b[r.i]; {
		case c == '"':
			r.i++
			return true
		case c == '\\':
			if r.i++; r.i >= len(r.b) || !r.escape() {
				return false
			}
		case c < ' ':
			return false
		}
	}
	return false
}

func (r *checker) escape() bool {
	switch r.b[r.i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		_, ok := hex4(r.b[r.i+1:])
		r.i += 4
		return ok
	}
	return false
}

func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	var x rune
	for _, c := range b[:4] {
		switch {
		case c >= '0' && c <= '9':
			x = x<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			x = x<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return x, true
}

// quickText reads a string that was passed over.
func quickText(val []byte, into *string) bool {
	if val[0] != '"' {
		return false
	}
	val = val[1 : len(val)-1]
	if !utf8.Valid(val) {
		return false
	}
	plain := 0
	for plain < len(val) && val[plain] != '\\' {
		plain++
	}
	if plain == len(val) {
		*into = string(val)
		return true
	}
	out := append(make([]byte, 0, len(val)), val[:plain]...)
	for i := plain; i < len(val); i++ {
		if val[i] != '\\' {
			out = append(out, val[i])
			continue
		}
		i++
		c, more := unescape(val[i:])
		out = utf8.AppendRune(out, c)
		i += more
	}
	*into = string(out)
	return true
}

// unescape reads what follows a backslash, and says how many further bytes it took.
func unescape(b []byte) (c rune, more int) {
	switch b[0] {
	case 'b':
		return '\b', 0
	case 'f':
		return '\f', 0
	case 'n':
		return '\n', 0
	case 'r':
		return '\r', 0
	case 't':
		return '\t', 0
	case 'u':
		c, _ := hex4(b[1:])
		if utf16.IsSurrogate(c) {
			if len(b) > 10 && b[5] == '\\' && b[6] == 'u' {
				low, _ := hex4(b[7:])
				if whole := utf16.DecodeRune(c, low); whole != utf8.RuneError {
					return whole, 10
				}
			}
			return utf8.RuneError, 4
		}
		return c, 4
	}
	return rune(b[0]), 0
}
