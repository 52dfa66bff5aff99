package sealed

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"testing"
)

// Whatever a page holds, it is read or refused; what is read is written as it was.
func FuzzPage(f *testing.F) {
	p := page{size: 8, places: 16}
	f.Add(p.bytes())
	p.put(entry{ballot: []byte("yes")})
	p.put(entry{mark: [markBytes]byte{1}, ballot: []byte("12345678")})
	f.Add(p.bytes())
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		p := page{size: 8, places: 16}
		if p.read(b) != nil {
			return
		}
		again := page{size: 8, places: 16}
		if err := again.read(p.bytes()); err != nil || len(again.entries) != len(p.entries) {
			t.Fatalf("%d ballots became %d: %v", len(p.entries), len(again.entries), err)
		}
		for i, e := range p.entries {
			if e.mark != again.entries[i].mark || e.code != again.entries[i].code || !bytes.Equal(e.ballot, again.entries[i].ballot) {
				t.Fatalf("ballot %d became another", i)
			}
		}
	})
}

// A page is as long before the first ballot as after the last that was foreseen.
func TestAPageIsOfOneLength(t *testing.T) {
	p := page{size: 100, places: 32}
	want := len(p.bytes())
	for i := range 32 {
		e := entry{ballot: []byte(fmt.Sprintf("%*d", 3*i, i))}
		_, _ = rand.Read(e.mark[:])
		p.put(e)
		if got := len(p.bytes()); got != want {
			t.Fatalf("after %d ballots it has %d bytes, and %d before", i+1, got, want)
		}
	}
}
