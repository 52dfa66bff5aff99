package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const titleLength = 80 // characters, the ellipsis among them

// Title gives the first line of a Markdown text without its mark-up, at most 80
// characters, cut between words. It is empty when nothing can be read, as in a message
// that is only a file; Thread.Title then names the file, or author and day.
func Title(markdown string) string {
	for l := range strings.SplitSeq(markdown, "\n") {
		l = strings.TrimSpace(l)
		if strings.HasPrefix(l, "```") || l == "" {
			continue
		}
		if s := strings.Join(strings.Fields(stripInline(stripStart(l))), " "); visible(s) {
			return cut(s, titleLength)
		}
	}
	return ""
}

// title names a thread after its first message.
func (a *Archive) title(m Message) string {
	if t := Title(m.Markdown); t != "" && m.Markdown != noText {
		return t
	}
	for _, f := range m.Files {
		return cut(firstOf(f.Title, f.Name), titleLength)
	}
	name, _ := a.called(m.Author)
	return cut("Message by "+cut(name, 50)+", "+m.At.Format("2 Jan 2006"), titleLength)
}

// stripStart drops quotes, list markers and headings.
func stripStart(l string) string {
	for {
		before := l
		l = strings.TrimLeft(strings.TrimLeft(l, ">"), " \u00a0")
		l = strings.TrimPrefix(l, "- ")
		if rest := strings.TrimLeft(l, "#"); strings.HasPrefix(rest, " ") {
			l = rest[1:]
		}
		if digits := strings.TrimLeft(l, "0123456789"); len(digits) < len(l) && strings.HasPrefix(digits, ". ") {
			l = digits[2:]
		}
		if l == before {
			return l
		}
	}
}

// stripInline drops marks and keeps what they mark; of links it keeps the text.
func stripInline(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && s[i+1] < utf8.RuneSelf && !alnum(s[i+1]):
			i++
			b.WriteByte(s[i])
		case c == '*' || c == '`' || c == '[' || c == '<' || c == '~':
		case c == '_' && !insideWord(s, i):
		case c == '>' && strings.LastIndexByte(s[:i], '<') >= 0:
		case c == ']' && i+1 < len(s) && s[i+1] == '(':
			if end := strings.IndexByte(s[i:], ')'); end > 0 {
				i += end
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// cut shortens a text to n characters, at a space where there is one near the end.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)[:n-1]
	end := len(runes)
	for i := end - 1; i > n/2; i-- {
		if unicode.IsSpace(runes[i]) {
			end = i
			break
		}
	}
	for end > 1 && (unicode.Is(unicode.Mn, runes[end-1]) || runes[end-1] == 0x200d || runes[end-1] == 0xfe0f) {
		end-- // never half a joined character
	}
	return strings.TrimRightFunc(string(runes[:end]), func(r rune) bool { return unicode.IsSpace(r) || r == ',' }) + "…"
}
