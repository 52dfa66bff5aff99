package id_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

var now = clock.At(time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC))

func TestIDsAreInOrderAndUnlike(t *testing.T) {
	var mu sync.Mutex
	seen := map[id.ID]bool{}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			var mine []string
			for i := range 2000 {
				x := id.New(now.Add(time.Duration(i/1000) * time.Millisecond))
				mine = append(mine, string(x[:]))
				mu.Lock()
				if seen[x] {
					t.Errorf("%s was made twice", x)
				}
				seen[x] = true
				mu.Unlock()
			}
			if !slices.IsSorted(mine) {
				t.Error("a later id sorts before an earlier one")
			}
		})
	}
	all.Wait()
	first := id.New(now)
	if second := id.New(now.Add(-time.Hour)); strings.Compare(string(first[:]), string(second[:])) >= 0 {
		t.Error("a clock that is set back breaks the order")
	}
}

func TestIDsAreUUIDv7(t *testing.T) {
	later := now.Add(1000 * 24 * time.Hour)
	x := id.New(later)
	s := x.String()
	if s[14] != '7' || !strings.ContainsRune("89ab", rune(s[19])) {
		t.Errorf("%s is not of version 7 and variant 2", s)
	}
	ms := int64(x[0])<<40 | int64(x[1])<<32 | int64(x[2])<<24 | int64(x[3])<<16 | int64(x[4])<<8 | int64(x[5])
	if ms != int64(later)/1000 {
		t.Errorf("the moment inside is %d ms, want %d", ms, int64(later)/1000)
	}
}

// The pairs are those of the TypeID specification.
func TestTypeIDs(t *testing.T) {
	cases := []struct{ uuid, text string }{
		{"00000000-0000-0000-0000-000000000001", "ask_00000000000000000000000001"},
		{"00000000-0000-0000-0000-00000000000a", "ask_0000000000000000000000000a"},
		{"00000000-0000-0000-0000-000000000010", "ask_0000000000000000000000000g"},
		{"00000000-0000-0000-0000-000000000020", "ask_00000000000000000000000010"},
		{"ffffffff-ffff-ffff-ffff-ffffffffffff", "ask_7zzzzzzzzzzzzzzzzzzzzzzzzz"},
		{"01890a5d-ac96-774b-bcce-b302099a8057", "ask_01h455vb4pex5vsknk084sn02q"},
	}
	for _, c := range cases {
		var x id.ID
		if err := x.UnmarshalText([]byte(c.uuid)); err != nil {
			t.Fatal(err)
		}
		if got := id.Encode("ask", x); got != c.text {
			t.Errorf("%s is written %s, want %s", c.uuid, got, c.text)
		}
		if back, err := id.Decode("ask", c.text); err != nil || back != x {
			t.Errorf("%s reads as %s, %v", c.text, back, err)
		}
	}
	if got := id.Encode("ask", id.ID{}); got != "" {
		t.Errorf("nothing is written %q", got)
	}
}

func TestWhatIsNotAnIDNamesNothing(t *testing.T) {
	good := id.Encode("ask", id.New(now))
	cases := map[string]string{
		"empty":              "",
		"another kind":       "thr" + good[3:],
		"no prefix":          good[4:],
		"a prefix alone":     "ask_",
		"too short":          good[:len(good)-1],
		"too long":           good + "0",
		"more than 128 bits": "ask_8zzzzzzzzzzzzzzzzzzzzzzzzz",
		"capital letters":    "ask_" + strings.ToUpper(good[4:]),
		"a letter left out":  "ask_0000000000000000000000000u",
		"a UUID":             id.New(now).String(),
		"SQL":                "ask_0000000000000000000000' OR",
		"a NUL":              "ask_0000000000000000000000000\x00",
		"other letters":      "ask_0000000000000000000000000é",
	}
	for name, s := range cases {
		t.Run(name, func(t *testing.T) {
			x, err := id.Decode("ask", s)
			if !x.IsZero() || !fault.IsKind(err, fault.NotFound) {
				t.Errorf("%q reads as %s, %v", s, x, err)
			}
			if _, err := id.DecodeAll("ask", []string{good, s}); !fault.IsKind(err, fault.NotFound) {
				t.Errorf("in a list: %v", err)
			}
		})
	}
}

func TestListsOfIDs(t *testing.T) {
	list := []id.ID{id.New(now), id.New(now)}
	back, err := id.DecodeAll("per", id.EncodeAll("per", list))
	if err != nil || !slices.Equal(back, list) {
		t.Errorf("%v came back as %v, %v", list, back, err)
	}
	if id.EncodeAll("per", nil) == nil {
		t.Error("an empty list is nil")
	}
}

func TestIDsInADatabase(t *testing.T) {
	x := id.New(now)
	for name, v := range map[string]any{"bytes": x[:], "text": x.String(), "text as bytes": []byte(x.String())} {
		var y id.ID
		if err := y.Scan(v); err != nil || y != x {
			t.Errorf("%s: %s, %v", name, y, err)
		}
	}
	y := x
	if err := y.Scan(nil); err != nil || !y.IsZero() {
		t.Errorf("NULL: %s, %v", y, err)
	}
	for name, v := range map[string]any{"a number": 7, "short": []byte{1}, "no UUID": "ask"} {
		if err := y.Scan(v); err == nil {
			t.Errorf("%s was read as an id", name)
		}
	}
	if v, err := (id.ID{}).Value(); v != nil || err != nil {
		t.Errorf("nothing is stored as %v, %v", v, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("ask_01h455vb4pex5vsknk084sn02q")
	f.Fuzz(func(t *testing.T, s string) {
		if x, err := id.Decode("ask", s); err == nil && !x.IsZero() && id.Encode("ask", x) != s {
			t.Errorf("%q reads as %s and is written %q", s, x, id.Encode("ask", x))
		}
	})
}
