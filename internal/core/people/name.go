package people

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// FoldEmail is the form in which e-mail addresses are stored and compared:
// trimmed and in lower case. What cannot be an address becomes "".
func FoldEmail(s string) string {
	s = strings.ToLower(norm.NFC.String(strings.TrimSpace(s)))
	at := strings.LastIndexByte(s, '@')
	bad := strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || hidden(r) || strings.ContainsRune("<>()[],;:\\\"", r)
	})
	if bad || at < 1 || at == len(s)-1 || strings.IndexByte(s, '@') != at || len(s) > 254 {
		return ""
	}
	return s
}

// CleanName takes out what has no place in a name: controls, marks that change
// the direction of writing, invisible letters, runs of spaces.
func CleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case hidden(r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// hidden says that a rune draws nothing, or turns the writing around.
func hidden(r rune) bool {
	return unicode.IsControl(r) || (unicode.Is(unicode.Cf, r) && r != 0x200d && r != 0x200c)
}

// fold is a text without case and accents, for finding people by name.
func fold(s string) string {
	t := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, s)
	if err != nil {
		out = s
	}
	return strings.ToLower(out)
}

const longestHandle = 32

// handleFrom makes a handle out of a name; "" when there is no letter for it.
func handleFrom(s string) string {
	var b strings.Builder
	for _, r := range fold(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "."):
			b.WriteByte('.')
		}
		if b.Len() >= longestHandle-6 {
			break
		}
	}
	return strings.Trim(b.String(), ".")
}

// validHandle says whether people may call themselves so.
func validHandle(h string) bool {
	if len(h) < 2 || len(h) > longestHandle || strings.Trim(h, ".-_") != h {
		return false
	}
	return !strings.ContainsFunc(h, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_')
	})
}
