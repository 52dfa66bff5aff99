package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// simple reads what most messages are: one paragraph of words and ordinary
// punctuation, in which nothing is Markdown but **strong** words. It promises the
// answer that the general way would give, only sooner; ok is false when it cannot.
func simple(markdown string) (b Body, ok bool) {
	if len(markdown) > 2000 || !begins(strings.TrimPrefix(markdown, "**")) {
		return Body{}, false
	}
	escape, stars := false, 0
	for i := 0; i < len(markdown); i++ {
		switch c := markdown[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9':
		case c == ',', c == '?', c == ';', c == '(', c == ')':
		case c == '.': // of "www." the general way makes a link
			if i > 2 && strings.EqualFold(markdown[i-3:i], "www") {
				return Body{}, false
			}
		case c == ' ': // two at the end, or a tab, would mean something
			if i+1 == len(markdown) || markdown[i+1] == ' ' {
				return Body{}, false
			}
		case c == ':': // "http:" may begin a link
			if i+1 < len(markdown) && markdown[i+1] != ' ' {
				return Body{}, false
			}
		case c == '*':
			if !strong(markdown, i, stars) {
				return Body{}, false
			}
			i++
			stars++
		case c == '\'':
			escape = true
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(markdown[i:])
			if !unicode.IsLetter(r) {
				return Body{}, false
			}
			i += size - 1
		default:
			return Body{}, false
		}
	}
	if stars%2 != 0 {
		return Body{}, false
	}
	shown, plain := markdown, markdown
	if stars > 0 {
		shown, plain = strengthen(markdown, stars), strings.ReplaceAll(markdown, "**", "")
	}
	if escape {
		shown = strings.ReplaceAll(shown, "'", "&#39;")
	}
	return Body{HTML: "<p>" + shown + "</p>\n", Mentions: []string{}, Plain: plain}, true
}

// begins says that a paragraph begins with a letter, and so is no list.
func begins(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// strong says that two stars stand at i where they can only begin strong words, or
// only end them: between a space and an ASCII letter or digit, or after one of these
// and before what is no letter. before is how many pairs came earlier.
func strong(s string, i, before int) bool {
	if i+2 > len(s) || s[i+1] != '*' || strings.HasPrefix(s[i+2:], "*") {
		return false
	}
	if before%2 == 0 {
		return (i == 0 || s[i-1] == ' ') && i+2 < len(s) && alphanumeric(s[i+2])
	}
	return alphanumeric(s[i-1]) && (i+2 == len(s) || strings.IndexByte(" ,.;:?)", s[i+2]) >= 0)
}

func alphanumeric(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

// strengthen writes pairs of stars as HTML, in turn the beginning and the end.
func strengthen(s string, pairs int) string {
	var b strings.Builder
	b.Grow(len(s) + 8*pairs)
	for n := 0; ; n++ {
		before, after, found := strings.Cut(s, "**")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if n%2 == 0 {
			b.WriteString("<strong>")
		} else {
			b.WriteString("</strong>")
		}
		s = after
	}
}
