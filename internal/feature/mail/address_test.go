package mail_test

import (
	"strings"
	"testing"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
)

var secret = []byte("0123456789abcdef0123456789abcdef")

// A token is good as it was made and in no other spelling, but for its case.
func TestTokens(t *testing.T) {
	sealed, same, err := mail.SealAndOpen(secret, 1<<63+7, 3, clock.At(testkit.Monday), "")
	if err != nil || !same {
		t.Fatalf("%v, the same: %v", err, same)
	}
	if n := len("reply+" + sealed); n > 64 {
		t.Errorf("the local part has %d letters", n)
	}
	if _, same, err = mail.SealAndOpen(secret, 1<<63+7, 3, clock.At(testkit.Monday), strings.ToUpper(sealed)); err != nil || !same {
		t.Errorf("in capitals: %v", err)
	}
	for i := range sealed {
		for _, c := range "a7q" {
			other := sealed[:i] + string(c) + sealed[i+1:]
			if _, _, err := mail.SealAndOpen(secret, 1<<63+7, 3, clock.At(testkit.Monday), other); err == nil && other != sealed {
				t.Fatalf("%q with %q at %d is good too", sealed, c, i)
			}
		}
	}
	if _, _, err := mail.SealAndOpen([]byte("another key, also of some length"), 1, 1, 0, sealed); err == nil {
		t.Error("a token of another key is good")
	}
	if got := mail.Redact("see https://x/api/v1/mail/do/" + sealed + " and <reply+" + strings.ToUpper(sealed) + "@in.example>, /mail/off/UGHAQKZYZHK5Z4MDB5KDXIF6O2."); strings.Contains(strings.ToLower(got), sealed) || strings.Contains(got, "UGHAQ") {
		t.Errorf("a token stays in %q", got)
	}
}

func FuzzToken(f *testing.F) {
	good, _, _ := mail.SealAndOpen(secret, 42, 1, 0, "")
	f.Add(good)
	f.Add(strings.Repeat("a", 44))
	f.Fuzz(func(t *testing.T, s string) {
		if _, _, err := mail.SealAndOpen(secret, 42, 1, 0, s+" "); err == nil {
			t.Errorf("%q is good", s)
		}
		if _, _, err := mail.SealAndOpen(secret, 42, 1, 0, s); err == nil && !strings.EqualFold(s, good) && s != "" {
			t.Errorf("%q was made by nobody and is good", s)
		}
	})
}

func TestWhereMailComesInIsChecked(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	for name, c := range map[string]struct {
		opt  mail.Options
		good bool
	}{
		"a domain":           {mail.Options{Domain: "in.example.org"}, true},
		"one address":        {mail.Options{Address: "meantime+{token}@example.org"}, true},
		"both":               {mail.Options{Domain: "in.example.org", Address: "m+{token}@example.org"}, false},
		"no token":           {mail.Options{Address: "meantime@example.org"}, false},
		"too long":           {mail.Options{Address: "our-team-of-people-at-meantime+{token}@example.org"}, false},
		"no domain":          {mail.Options{Domain: "in example"}, false},
		"a door to nowhere":  {mail.Options{Listen: ":2525"}, false},
		"a hook to nowhere":  {mail.Options{Hook: "secret"}, false},
		"a door to a domain": {mail.Options{Listen: ":2525", Domain: "in.example.org"}, true},
	} {
		c.opt.Origin = "https://meantime.example"
		if _, err := mail.New(d, nil, nil, nil, c.opt); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}
