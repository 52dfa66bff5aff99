package sealed

import (
	"bytes"
	"encoding/binary"
	"slices"
)

const (
	markBytes = 32
	codeBytes = 10
	stepSize  = 16 // a page has places for a multiple of so many
)

func step(n int) int { return max(1, (n+stepSize-1)/stepSize) * stepSize }

// entry is one ballot in a page.
type entry struct {
	mark   [markBytes]byte
	code   [codeBytes]byte
	ballot []byte
}

// page holds ballots in the order of their marks, which is that of chance.
type page struct {
	size    int // bytes of a ballot's place
	places  int // from the start; more are added sixteen at a time
	entries []entry
}

// put adds a ballot or replaces the one of the same mark.
func (p *page) put(e entry) {
	at, found := p.find(e.mark)
	if found {
		p.entries[at] = e
		return
	}
	p.entries = slices.Insert(p.entries, at, e)
}

func (p *page) find(mark [markBytes]byte) (at int, found bool) {
	return slices.BinarySearchFunc(p.entries, mark, func(e entry, m [markBytes]byte) int { return bytes.Compare(e.mark[:], m[:]) })
}

// bytes writes a page. Its length tells nothing of the ballots' lengths, and nothing
// of their number while there are places left.
func (p *page) bytes() []byte {
	places := max(p.places, step(len(p.entries)))
	out := make([]byte, 4, 4+places*p.place())
	binary.BigEndian.PutUint32(out, uint32(len(p.entries)))
	for _, e := range p.entries {
		out = append(append(out, e.mark[:]...), e.code[:]...)
		out = binary.BigEndian.AppendUint32(out, uint32(len(e.ballot)))
		out = append(append(out, e.ballot...), make([]byte, p.size-len(e.ballot))...)
	}
	return append(out, make([]byte, (places-len(p.entries))*p.place())...)
}

func (p *page) place() int { return markBytes + codeBytes + 4 + p.size }

// read takes in what bytes wrote.
func (p *page) read(b []byte) error {
	if len(b) < 4 {
		return damaged()
	}
	n, b := int(binary.BigEndian.Uint32(b)), b[4:]
	if n < 0 || n > len(b)/p.place() {
		return damaged()
	}
	for ; n > 0; n-- {
		var e entry
		copy(e.mark[:], b)
		copy(e.code[:], b[markBytes:])
		length := int(binary.BigEndian.Uint32(b[markBytes+codeBytes:]))
		if length < 0 || length > p.size {
			return damaged()
		}
		text := b[markBytes+codeBytes+4:]
		e.ballot = bytes.Clone(text[:length])
		p.entries = append(p.entries, e)
		b = b[p.place():]
	}
	return nil
}
