package id_test

import (
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

func TestTheSameSeedMakesTheSameIDs(t *testing.T) {
	const now = clock.Instant(1_791_183_600_000_000)
	three := func(seed uint64) (out [3]id.ID) {
		defer id.Repeat(seed)()
		for i := range out {
			out[i] = id.New(now)
		}
		return out
	}
	before, again := three(1), three(1)
	if before != again {
		t.Error("the same seed made other ids")
	}
	if before == three(2) {
		t.Error("two seeds made the same ids")
	}
	if id.New(now) == before[0] {
		t.Error("ids go on following the seed after its end")
	}
}
