package slack

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// atom converts one `code` or <…>, and says whether a "!" before it would make an image.
func (w *writer) atom(s string) (out string, link bool) {
	inner := s[1 : len(s)-1]
	if s[0] == '`' {
		return codeMarkdown(w.flat(inner)), false
	}
	target, label, hasLabel := strings.Cut(inner, "|")
	switch target[:min(1, len(target))] {
	case "@":
		return w.mention(target[1:], unescapeOnce.Replace(label)), true
	case "#":
		return w.channelName(target[1:], unescapeOnce.Replace(label)), false
	case "!":
		return w.special(target[1:], unescapeOnce.Replace(label)), false
	}
	target = unescapeOnce.Replace(target)
	if !hasLabel {
		label = target
	}
	return linkMarkdown(target, withEmoji(unescapeOnce.Replace(label)))
}

// flat is the plain text of code, in which Slack still writes links as <…>.
func (w *writer) flat(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); {
		if code[i] != '<' || atom(code, i) == 0 {
			j := strings.IndexByte(code[i+1:], '<')
			if j < 0 {
				j = len(code) - i - 1
			}
			b.WriteString(code[i : i+1+j])
			i += 1 + j
			continue
		}
		n := atom(code, i)
		b.WriteString(w.flatAtom(code[i+1 : i+n-1]))
		i += n
	}
	return unescapeOnce.Replace(b.String())
}

func (w *writer) flatAtom(inner string) string {
	target, label, has := strings.Cut(inner, "|")
	switch {
	case has:
		return strings.TrimPrefix(label, "mailto:")
	case strings.HasPrefix(target, "@"):
		if name, ok := w.a.called(target[1:]); ok {
			return "@" + name
		}
	case strings.HasPrefix(target, "#"):
		if name, ok := w.a.labelled(target[1:]); ok {
			return "#" + name
		}
	case strings.HasPrefix(target, "!"):
		return "@" + target[1:]
	}
	return target
}

// mention writes @[Name](slack:U1) for somebody in the export, and plain @Name otherwise.
func (w *writer) mention(key, label string) string {
	name, known := w.a.called(key)
	if !known {
		return "@" + literal(firstOf(strings.TrimPrefix(label, "@"), key), false)
	}
	if person, isBot := w.a.botUsers[key]; isBot {
		key = person
	}
	if !plainKey.MatchString(key) {
		return "@" + literal(name, false)
	}
	w.mentioned(key)
	return "@[" + linkText(name) + "](slack:" + key + ")"
}

// plainKey keeps a made-up id from ending the link that carries it.
var plainKey = regexp.MustCompile(`^[A-Za-z0-9_]+$`)

func (w *writer) mentioned(key string) {
	for _, m := range w.mentions {
		if m == key {
			return
		}
	}
	w.mentions = append(w.mentions, key)
}

func (w *writer) channelName(key, label string) string {
	name, known := w.a.labelled(key)
	if !known {
		name = firstOf(strings.TrimPrefix(label, "#"), "a private channel")
	}
	return "#" + literal(name, false)
}

// special converts <!here>, <!subteam^S1|@team>, <!date^…|…> and the like.
func (w *writer) special(target, label string) string {
	kind, rest, _ := strings.Cut(target, "^")
	switch kind {
	case "here", "channel", "everyone", "group":
		return "@" + kind
	case "subteam":
		return "@" + literal(firstOf(strings.TrimPrefix(label, "@"), "a group"), false)
	case "date":
		return dateMarkdown(rest, label)
	}
	return literal(firstOf(label, "@"+kind), false)
}

// dateMarkdown shows the text that Slack's author gave for the date, or the date in UTC.
func dateMarkdown(args, label string) string {
	parts := strings.SplitN(args, "^", 3)
	if label == "" {
		sec, err := strconv.ParseInt(parts[0], 10, 64)
		if err != nil || sec < 0 || sec > 1<<40 {
			return ""
		}
		label = time.Unix(sec, 0).UTC().Format("2 Jan 2006, 15:04 UTC")
	}
	if len(parts) == 3 {
		out, _ := linkMarkdown(unescapeOnce.Replace(parts[2]), label)
		return out
	}
	return literal(label, false)
}

var (
	scheme     = regexp.MustCompile(`^(?i)(https?|ftps?|mailto|tel|sms|slack|xmpp|callto|facetime|zoommtg|msteams|vscode):[^\s]`)
	autolinked = regexp.MustCompile(`^(?i)(https?|ftp)://[^\s<>\\]+$`)
	address    = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)
)

// linkMarkdown writes a link. A target that a browser should not follow becomes text.
func linkMarkdown(target, label string) (string, bool) {
	bare := strings.TrimPrefix(strings.TrimPrefix(target, "mailto:"), "tel:")
	if !visible(label) || label == target {
		label = bare
	}
	switch {
	case strings.HasPrefix(strings.ToLower(target), "slack://") || !scheme.MatchString(target):
		if label == target || target == "" {
			return literal(label, false), false
		}
		return literal(label+" ("+target+")", false), false
	case label == target && autolinked.MatchString(target):
		return "<" + target + ">", false
	case label == bare && address.MatchString(bare) && strings.HasPrefix(target, "mailto:"):
		return "<" + bare + ">", false
	}
	return "[" + linkText(label) + "](" + destination(target) + ")", true
}

// linkText keeps brackets and line ends from ending the text of a link.
func linkText(s string) string {
	s = literal(strings.Join(strings.Fields(clean(s)), " "), false)
	return strings.ReplaceAll(s, "]", `\]`)
}

// destination writes a target so that every reader of Markdown reads the same.
func destination(target string) string {
	var b strings.Builder
	for i := range len(target) {
		c := target[i]
		if c <= ' ' || c == 0x7f || strings.IndexByte(`<>()[]"\^`+"`{|}", c) >= 0 {
			b.WriteString("%" + strings.ToUpper(strconv.FormatInt(int64(c)+0x100, 16)[1:]))
			continue
		}
		if c == '&' && needsEscape(target, i, false) {
			b.WriteString("&amp;")
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
