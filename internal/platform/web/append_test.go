package web_test

import (
	"encoding/json"
	"testing"

	"example.org/meantime/internal/platform/web"
)

// FuzzAppendText holds texts to what the encoder of the library makes of them.
func FuzzAppendText(f *testing.F) {
	for _, s := range []string{"", "plain", `"\`, "<&>", "\x00\x1f\x7f", "é\u2028\u2029", "\xff", "\xe2\x80", "🙂"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := web.Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := web.AppendText(nil, "", s); string(got) != string(want) || !json.Valid(got) {
			t.Errorf("%q becomes %s, want %s", s, got, want)
		}
	})
}
