package keep_test

import (
	"testing"

	"example.org/meantime/internal/platform/keep"
)

func TestWhatIsAskedForStays(t *testing.T) {
	c := keep.New[int, string](200)
	for i := range 1000 {
		c.Put(i, "value", 10)
		if _, ok := c.Get(0); !ok {
			t.Fatalf("what was asked for each time is gone after %d others", i)
		}
	}
	kept := 0
	for i := range 1000 {
		if _, ok := c.Get(i); ok {
			kept++
		}
	}
	if kept > 31 { // what is asked for moves on while we look
		t.Errorf("%d values of 10 bytes are kept in 200", kept)
	}
}
