package slack

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// unescapeOnce undoes the three entities of Slack's mark-up, each once.
var unescapeOnce = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

// escape writes text of Slack's so that Markdown shows it as it is, with emoji by their
// characters. beforeLink says that a link follows, which "!" would make an image.
func escape(s string, beforeLink bool) string {
	return literal(withEmoji(unescapeOnce.Replace(s)), beforeLink)
}

// literal writes plain text as Markdown.
func literal(s string, beforeLink bool) string {
	if !strings.ContainsAny(s, "\\`*_~[<&!") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if needsEscape(s, i, beforeLink) {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func needsEscape(s string, i int, beforeLink bool) bool {
	switch s[i] {
	case '`', '*', '~', '[', '<':
		return true
	case '_':
		return !insideWord(s, i)
	case '\\':
		return i+1 == len(s) || (s[i+1] < utf8.RuneSelf && !alnum(s[i+1]) && s[i+1] != ' ')
	case '&':
		return entity.MatchString(s[i:min(len(s), i+40)])
	case '!':
		return beforeLink && i+1 == len(s)
	}
	return false
}

var entity = regexp.MustCompile(`^&#?[A-Za-z0-9]+;`)

func insideWord(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return word(before) && word(after)
}

func alnum(c byte) bool {
	return c >= '0' && c <= '9' || (c|0x20) >= 'a' && (c|0x20) <= 'z'
}

var emojiName = regexp.MustCompile(`:([a-z0-9_+'\-]+)(::skin-tone-[2-6])?:(:skin-tone-[2-6]:)?`)

// withEmoji puts characters for the emoji names that are known. A name right after a
// letter or digit is not one: "10:30:45" is a time.
func withEmoji(s string) string {
	if strings.Count(s, ":") < 2 {
		return s
	}
	var b strings.Builder
	for {
		at := emojiName.FindStringSubmatchIndex(s)
		if at == nil {
			b.WriteString(s)
			return b.String()
		}
		before, _ := utf8.DecodeLastRuneInString(s[:at[0]])
		char, known := emojis[s[at[2]:at[3]]]
		if !known || (at[0] > 0 && word(before)) {
			// The closing colon may open the next name.
			b.WriteString(s[:at[1]-1])
			s = s[at[1]-1:]
			continue
		}
		b.WriteString(s[:at[0]])
		b.WriteString(char)
		s = s[at[1]:]
	}
}

// emoji gives the character of a reaction's name, or ":name:".
func emoji(name string) string {
	name, _, _ = strings.Cut(clean(name), "::")
	if char, known := emojis[name]; known {
		return char
	}
	return ":" + name + ":"
}
