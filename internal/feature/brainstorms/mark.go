package brainstorms

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"example.org/meantime/internal/platform/id"
)

// mark stands for a person on ideas and ballots: whoever has the secret can tell that
// two marks are of the same person, or try whose it is. Nil once the secret is forgotten.
func (b *Brainstorm) mark(person id.ID) []byte {
	if len(b.Secret) == 0 || person.IsZero() {
		return nil
	}
	return keyed(b.Secret, "person", person[:])
}

// nameFor makes the id of something that a person writes under a key of their own
// choosing: the same again for the same key, so that a repeat makes no second one. It
// tells no time and no order.
func (b *Brainstorm) nameFor(person id.ID, what, key string) id.ID {
	return b.idOf(keyed(b.Secret, what, person[:], []byte(key)))
}

func (b *Brainstorm) idOf(sum []byte) (x id.ID) {
	h := sha256.Sum256(append(bytes.Clone(b.ID[:]), sum...))
	copy(x[:], h[:])
	x[6] = x[6]&0x0f | 0x80 // version 8: made by a rule of our own
	x[8] = x[8]&0x3f | 0x80
	return x
}

func keyed(secret []byte, what string, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(what))
	for _, p := range parts {
		h.Write([]byte{0})
		h.Write(p)
	}
	return h.Sum(nil)
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

func newSeed() string { return hex.EncodeToString(random(8)) }

// lot is a number drawn for a thing from the brainstorm's seed, and for one reader's own
// order from their mark: below 2^53, so that a browser can sort by it.
func (b *Brainstorm) lot(thing id.ID, mark []byte) int64 {
	h := sha256.New()
	h.Write([]byte(b.Seed))
	h.Write(mark)
	h.Write(thing[:])
	return int64(binary.BigEndian.Uint64(h.Sum(nil)) >> 11)
}

// shuffle puts things into the order of their lots.
func (b *Brainstorm) shuffle(list []Idea) {
	slices.SortFunc(list, func(x, y Idea) int {
		return cmp.Or(cmp.Compare(b.lot(x.ID, nil), b.lot(y.ID, nil)), bytes.Compare(x.ID[:], y.ID[:]))
	})
}
