package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// simple reads what most messages are: one paragraph of words and ordinary
// punctuation, in which nothing is Markdown. It promises the answer that the general
// way would give, only sooner; ok is false when it cannot.
func simple(markdown string) (b Body, ok bool) {
	if len(markdown) > 2000 || !begins(markdown) {
		return Body{}, false
	}
	escape := false
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
	shown := markdown
	if escape {
		shown = strings.ReplaceAll(markdown, "'", "&#39;")
	}
	return Body{HTML: "<p>" + shown + "</p>\n", Mentions: []string{}, Plain: markdown}, true
}

// begins says that a paragraph begins with a letter, and so is no list.
func begins(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}
