package importers

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/meantime/internal/feature/importers/slack"
)

// mention is how the reader writes somebody: @[Name](slack:U024BE7LH).
var mention = regexp.MustCompile(`@\[((?:[^\]\\]|\\.)*)\]\(slack:([A-Za-z0-9_]+)\)`)

// plain writes mentions as people here write them: @handle.
func (r *run) plain(markdown string) string {
	if !strings.Contains(markdown, "](slack:") {
		return markdown
	}
	var b strings.Builder
	end := 0
	for _, at := range mention.FindAllStringSubmatchIndex(markdown, -1) {
		b.WriteString(markdown[end:at[0]])
		if before, _ := utf8.DecodeLastRuneInString(b.String()); b.Len() > 0 && joins(before) {
			b.WriteByte(' ')
		}
		name, after := markdown[at[2]:at[3]], markdown[at[1]:]
		if p, ok := r.people[markdown[at[4]:at[5]]]; ok {
			name = p.Handle
		}
		b.WriteString("@" + name)
		if longer(after) {
			b.WriteByte(' ')
		}
		end = at[1]
	}
	b.WriteString(markdown[end:])
	return b.String()
}

// joins says that an @ after this letter would be no mention.
func joins(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("@/._-+", c)
}

// longer says that what follows would be taken for part of the handle.
func longer(after string) bool {
	c, size := utf8.DecodeRuneInString(after)
	if strings.ContainsRune("._-", c) {
		c, _ = utf8.DecodeRuneInString(after[size:])
	}
	return unicode.IsLetter(c) || unicode.IsDigit(c)
}

// linked is what a post says of a file whose bytes do not come in.
func linked(f slack.File) string {
	name := f.Title
	if name == "" {
		name = f.Name
	}
	name = literal(name)
	switch {
	case f.Mode == slack.Gone:
		return "\U0001F4CE " + name + " (no longer in Slack)"
	case !strings.HasPrefix(f.Link, "https://") && !strings.HasPrefix(f.Link, "http://"):
		return "\U0001F4CE " + name + " (not in the export)"
	}
	out := "\U0001F4CE [" + name + "](<" + address.Replace(f.Link) + ">)"
	if p := strings.TrimSpace(f.Preview); p != "" {
		fence := "```"
		for strings.Contains(p, fence) {
			fence += "`"
		}
		out += "\n\n" + fence + "\n" + p + "\n" + fence
	}
	return out
}

var address = strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "%0A", "\r", "%0D", "\\", "%5C", " ", "%20")

// literal writes a name so that Markdown shows it as it is.
func literal(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	var b strings.Builder
	for _, c := range s {
		if strings.ContainsRune("\\`*_~[]<>&!#|@", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}
