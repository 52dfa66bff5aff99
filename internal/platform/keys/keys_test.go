package keys_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/keys"
)

// A key is made once, found by its own kind alone, and gone when it is destroyed.
func TestAKeyIsMadeOnceAndDestroyed(t *testing.T) {
	path := t.TempDir() + "/keys"
	here, other := keys.In(path, "box"), keys.In(path, "other")
	x := id.New(clock.Instant(1))
	made, err := here.Create(x)
	again, err2 := here.Create(x)
	if err != nil || err2 != nil || made != again || bytes.Equal(made[:], make([]byte, keys.Bytes)) {
		t.Fatalf("made %x (%v), then %x (%v)", made, err, again, err2)
	}
	if list, err := here.List(); err != nil || len(list) != 1 || list[0] != x {
		t.Errorf("the folder lists %v (%v)", list, err)
	}
	if _, err := other.Read(x); !errors.Is(err, keys.ErrNone) {
		t.Errorf("another kind reads it: %v", err)
	}
	for range 2 {
		if err := here.Destroy(x); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := os.ReadDir(path); err != nil || len(left) != 0 {
		t.Errorf("%v are left (%v)", left, err)
	}
	if _, err := here.Read(x); !errors.Is(err, keys.ErrNone) {
		t.Errorf("it is read after its end: %v", err)
	}
}
