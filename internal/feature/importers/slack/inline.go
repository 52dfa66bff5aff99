package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline converts one line: emphasis, code, links and mentions. What Slack shows as it
// is, Markdown shows as it is.
func (w *writer) inline(s string) string {
	var b strings.Builder
	w.span(&b, s, "")
	return b.String()
}

var marks = map[byte]string{'*': "**", '_': "_", '~': "~~"}

// span converts text inside the emphasis of the marks in within, none of which nests in
// itself; that bounds the depth to three.
func (w *writer) span(b *strings.Builder, s, within string) {
	closers := closersOf(s)
	text := 0 // where the literal text began
	flush := func(end int, beforeLink bool) {
		b.WriteString(escape(s[text:end], beforeLink))
	}
	for i := 0; i < len(s); {
		if n := atom(s, i); n > 0 {
			out, link := w.atom(s[i : i+n])
			flush(i, link)
			b.WriteString(out)
			i += n
			text = i
			continue
		}
		mark := marks[s[i]]
		if mark == "" || strings.IndexByte(within, s[i]) >= 0 || !opens(s, i) {
			i++
			continue
		}
		end := closers.after(s[i], i+1)
		if end < 0 {
			i++
			continue
		}
		flush(i, false)
		b.WriteString(mark)
		w.span(b, s[i+1:end], within+s[i:i+1])
		b.WriteString(mark)
		i = end + 1
		text = i
	}
	flush(len(s), false)
}

// opens says whether the mark at i may begin an emphasis: after a space, a sign or the
// start, before something visible, and not beside its like.
func opens(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	free := i == 0 || (!word(before) && before != '@' && before != rune(s[i]))
	return free && i+1 < len(s) && !unicode.IsSpace(after) && after != rune(s[i])
}

// closes is the mirror of opens.
func closes(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	free := i+1 == len(s) || (!word(after) && after != rune(s[i]))
	return free && i > 0 && !unicode.IsSpace(before) && before != rune(s[i])
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// closerList holds, for each mark, where it may end an emphasis, in order.
type closerList map[byte][]int

func closersOf(s string) closerList {
	if !strings.ContainsAny(s, "*_~") {
		return nil
	}
	c := closerList{}
	for i := 0; i < len(s); {
		if n := atom(s, i); n > 0 {
			i += n
			continue
		}
		if marks[s[i]] != "" && closes(s, i) {
			c[s[i]] = append(c[s[i]], i)
		}
		i++
	}
	return c
}

// after gives the first closer with something between, and forgets those before it.
func (c closerList) after(mark byte, from int) int {
	list := c[mark]
	for len(list) > 0 && list[0] <= from {
		list = list[1:]
	}
	c[mark] = list
	if len(list) == 0 {
		return -1
	}
	return list[0]
}

// atom gives the length of the `code` or <link> that begins at i, or 0.
func atom(s string, i int) int {
	switch s[i] {
	case '`':
		return codeSpan(s, i)
	case '<':
		end := strings.IndexAny(s[i+1:], "<>")
		if end > 0 && s[i+1+end] == '>' {
			return end + 2
		}
	}
	return 0
}

// codeSpan follows Slack: a backtick inside a word is a backtick.
func codeSpan(s string, i int) int {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	if i > 0 && (word(before) || before == '`') {
		return 0
	}
	end := strings.IndexByte(s[i+1:], '`')
	if end < 1 || !visible(s[i+1:i+1+end]) {
		return 0
	}
	end += i + 1
	if after, _ := utf8.DecodeRuneInString(s[end+1:]); end+1 < len(s) && (word(after) || after == '`') {
		return 0
	}
	return end - i + 1
}

// codeMarkdown writes code between as many backticks as it needs.
func codeMarkdown(code string) string {
	fence := strings.Repeat("`", longestRun(code, '`')+1)
	if strings.HasPrefix(code, "`") || strings.HasSuffix(code, "`") {
		code = " " + code + " "
	}
	return fence + code + fence
}
