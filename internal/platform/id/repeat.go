package id

import (
	"encoding/binary"
	"math/rand/v2"
	"sync"
	"sync/atomic"
)

// repeated, when set, is where ids take their chance from instead of the machine.
var repeated atomic.Pointer[source]

type source struct {
	mu     sync.Mutex
	chance *rand.ChaCha8
}

func (s *source) read(into []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.chance.Read(into)
}

// Repeat makes the ids from here on follow from a seed, so that the same work
// makes the same ids, until stop is called. It is for generated data, in a process
// that does nothing else meanwhile: who knows the seed can guess the ids.
func Repeat(seed uint64) (stop func()) {
	var key [32]byte
	binary.BigEndian.PutUint64(key[:], seed)
	repeated.Store(&source{chance: rand.NewChaCha8(key)})
	last.Lock()
	last.ms, last.seq = 0, 0
	last.Unlock()
	return func() { repeated.Store(nil) }
}
