// Package id makes and reads the names of things: UUIDv7 inside (RFC 9562),
// TypeIDs such as ask_01h455vb4pex5vsknk084sn02q at the edges.
package id

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
)

// ID names one thing. The zero ID names nothing and is stored as NULL.
type ID [16]byte

var last struct {
	sync.Mutex
	ms  uint64
	seq uint16
}

// New makes an ID that sorts after every ID made before it in this process at
// the same or an earlier millisecond.
func New(now clock.Instant) ID {
	var x ID
	if s := repeated.Load(); s != nil {
		s.read(x[8:])
	} else {
		_, _ = rand.Read(x[8:])
	}
	ms := uint64(now) / 1000
	last.Lock()
	if ms > last.ms {
		last.ms, last.seq = ms, 0
	} else if last.seq++; last.seq > 0xfff {
		last.ms, last.seq = last.ms+1, 0
	}
	ms, seq := last.ms, last.seq
	last.Unlock()
	binary.BigEndian.PutUint64(x[:8], ms<<16|0x7000|uint64(seq))
	x[8] = x[8]&0x3f | 0x80
	return x
}

// IsZero says that the ID names nothing.
func (x ID) IsZero() bool { return x == ID{} }

// String is the UUID's text, for logs.
func (x ID) String() string {
	s := hex.EncodeToString(x[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// Value stores sixteen bytes, or NULL.
func (x ID) Value() (driver.Value, error) {
	if x.IsZero() {
		return nil, nil
	}
	return x[:], nil
}

// Scan reads sixteen bytes or the UUID's text; NULL is the zero ID.
func (x *ID) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*x = ID{}
		return nil
	case []byte:
		if len(v) == 16 {
			copy(x[:], v)
			return nil
		}
		return x.parse(string(v))
	case string:
		return x.parse(v)
	}
	return fmt.Errorf("id: cannot read %T", v)
}

func (x *ID) parse(s string) error {
	b, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(b) != 16 {
		return fmt.Errorf("id: %q is not a UUID", s)
	}
	copy(x[:], b)
	return nil
}

// MarshalText writes the UUID's text (events and job arguments hold ids so).
func (x ID) MarshalText() ([]byte, error) {
	if x.IsZero() {
		return nil, nil
	}
	return []byte(x.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (x *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*x = ID{}
		return nil
	}
	return x.parse(string(b))
}

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// Encode writes an ID for the outside: prefix, underscore, 26 letters of
// Crockford's base 32 (the TypeID specification). The zero ID is "".
func Encode(prefix string, x ID) string {
	if x.IsZero() {
		return ""
	}
	var b [26]byte
	hi, lo := binary.BigEndian.Uint64(x[:8]), binary.BigEndian.Uint64(x[8:])
	for i := 25; i >= 0; i-- {
		b[i] = alphabet[lo&31]
		lo = lo>>5 | hi<<59
		hi >>= 5
	}
	return prefix + "_" + string(b[:])
}

// Decode reads what Encode wrote. Anything else, another kind's id and the zero
// ID too, is a not_found fault: the thing it names does not exist.
func Decode(prefix, s string) (ID, error) {
	rest, ok := strings.CutPrefix(s, prefix+"_")
	if !ok || len(rest) != 26 || rest[0] > '7' {
		return ID{}, notFound(prefix)
	}
	var hi, lo uint64
	for i := range 26 {
		v := strings.IndexByte(alphabet, rest[i])
		if v < 0 {
			return ID{}, notFound(prefix)
		}
		hi = hi<<5 | lo>>59
		lo = lo<<5 | uint64(v)
	}
	var x ID
	binary.BigEndian.PutUint64(x[:8], hi)
	binary.BigEndian.PutUint64(x[8:], lo)
	if x.IsZero() { // it names nothing, and must not be taken for "none given"
		return ID{}, notFound(prefix)
	}
	return x, nil
}

// DecodeAll reads a list of ids of one kind.
func DecodeAll(prefix string, list []string) ([]ID, error) {
	out := make([]ID, 0, len(list))
	for _, s := range list {
		x, err := Decode(prefix, s)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// EncodeAll writes a list of ids of one kind; never nil.
func EncodeAll(prefix string, list []ID) []string {
	out := make([]string, 0, len(list))
	for _, x := range list {
		out = append(out, Encode(prefix, x))
	}
	return out
}

func notFound(prefix string) error {
	return fault.New(fault.NotFound, "not_found", "There is no such "+Noun(prefix)+", or you may not see it.")
}

// Noun is the word people use for a kind of id.
func Noun(prefix string) string {
	if n, ok := nouns[prefix]; ok {
		return n
	}
	return "thing"
}

var nouns = map[string]string{
	"ws": "workspace", "per": "person", "team": "team", "sp": "space", "thr": "thread", "post": "post",
	"ask": "ask", "file": "file", "up": "upload", "abs": "absence", "cal": "holiday calendar", "inv": "invitation",
	"ses": "session", "tok": "token", "item": "inbox item", "dig": "digest", "imp": "import", "focus": "focus block",
	"lay": "layer", "cov": "cover", "swap": "swap", "hand": "handover", "page": "page",
	"sub": "calendar", "feed": "feed",
	"chk": "check-in", "turn": "check-in", "crep": "report", "block": "blocker",
	"brain": "brainstorm", "idea": "idea", "grp": "group", "note": "note", "outc": "outcome",
	"dec": "decision",
	"bat": "baton", "chn": "chain",
}
