package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold makes words comparable: without case and without accents. "Café", "CAFE"
// and "cafe" fold to the same.
func Fold(s string) string {
	if plainASCII(s) {
		return strings.ToLower(s)
	}
	folded := cases.Fold().String(norm.NFKD.String(s))
	var b strings.Builder
	b.Grow(len(folded))
	for _, r := range norm.NFKD.String(folded) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Tokens are the folded words of a text: runs of letters and digits, in order,
// repeats kept.
func Tokens(s string) []string {
	out := strings.FieldsFunc(Fold(s), func(r rune) bool { return !wordy(r) })
	if out == nil {
		return []string{}
	}
	return out
}

func wordy(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r)
}
