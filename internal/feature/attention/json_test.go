package attention

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

// What a page writes of itself is what encoding/json writes of its fields, whatever
// they hold. A field that is added and not written makes this fail.
func TestAnInboxWritesItselfAsEncodingJSONDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var in Inbox
		testkit.Random(r, &in)
		want, err := web.Encode(plainly(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := in.AppendJSON([]byte("x"))[1:]; !bytes.Equal(got, want) {
			t.Fatalf("an inbox writes\n%s\nwant\n%s", got, want)
		}
	}
}

// plainly is an inbox of whose type nobody knows that it can write itself.
func plainly(in Inbox) any {
	type fields Inbox
	return fields(in)
}
