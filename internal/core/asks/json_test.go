package asks

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

// What an ask writes of itself is what encoding/json writes of its fields. A field
// that is added and not written makes this fail.
func TestAnAskWritesItselfAsEncodingJSONDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		var v AskView
		testkit.Random(r, &v)
		want, err := web.Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.AppendJSON([]byte("x"))[1:]; !bytes.Equal(got, want) {
			t.Fatalf("an ask writes\n%s\nwant\n%s", got, want)
		}
	}
}
