package words

import (
	"regexp"
	"strings"

	"example.org/meantime/worktime"
)

var (
	windowFirst = regexp.MustCompile(`(?i)^[\[(]?(\d{1,3}(?:h|d|m))[\])]?(?:[:,\-–]\s*|\s+|$)`)
	windowLast  = regexp.MustCompile(`(?i)(?:^|[\s,\-–]+)[\[(]?(\d{1,3}(?:h|d|m))[\])]?$`)
)

// Window takes a response window (4h, 1d, 90m) from the beginning or the end of a
// line; rest is the line without it.
func Window(line string) (window, rest string, ok bool) {
	line = strings.TrimSpace(line)
	for _, re := range []*regexp.Regexp{windowFirst, windowLast} {
		m := re.FindStringSubmatchIndex(line)
		if m == nil {
			continue
		}
		window = strings.ToLower(line[m[2]:m[3]])
		if _, err := worktime.ParseWindow(window); err != nil {
			continue
		}
		return window, strings.TrimSpace(line[:m[0]] + line[m[1]:]), true
	}
	return "", line, false
}

// WindowLine takes a window from a mail's first line, when there is nothing else in it.
func WindowLine(text string) (window, rest string, ok bool) {
	text = strings.TrimSpace(text)
	line, below, _ := strings.Cut(text, "\n")
	line = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(bare(line), "window:"), "Window:"))
	window, left, ok := Window(line)
	if !ok || left != "" {
		return "", text, false
	}
	return window, strings.TrimSpace(below), true
}

// subjects are what a subject begins with, and the kind of ask each means.
var subjects = map[string]string{
	"approve": "approve", "approval": "approve", "review": "review", "decide": "decide", "decision": "decide",
	"do": "do", "todo": "do", "please do": "do", "ack": "acknowledge", "acknowledge": "acknowledge", "reply": "reply", "question": "reply", "fyi": "info",
}

var answered = regexp.MustCompile(`(?i)^(?:(?:re|aw|sv|antw|odp|ynt|vs|rv|fwd?|wg|tr)(?:\[\d+\])?\s*:\s*)+`)

// Subject reads the subject of a mail that starts a thread: its title, the window in
// it, and the kind of ask ("info" for none) where it begins with one and a colon.
func Subject(subject string) (title, window, kind string) {
	title = strings.TrimSpace(answered.ReplaceAllString(strings.TrimSpace(subject), ""))
	if w, rest, ok := Window(title); ok {
		window, title = w, rest
	}
	if head, rest, ok := strings.Cut(title, ":"); ok && strings.TrimSpace(rest) != "" {
		if k, known := subjects[strings.ToLower(strings.TrimSpace(head))]; known {
			kind, title = k, strings.TrimSpace(rest)
		}
	}
	return title, window, kind
}
