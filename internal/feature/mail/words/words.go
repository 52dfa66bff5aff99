// Package words reads what the first line of a mail asks to be done: approve,
// decline: why, ack by Friday, pass @mei: why, done, close: what came out. It knows
// no noun of the house and does nothing; a line that is none of these is words.
package words

import (
	"regexp"
	"strings"

	"example.org/meantime/internal/platform/describe"
)

// Said is a mail's own words taken apart.
type Said struct {
	Do     describe.Do
	Reason string // beside the act: "decline: too late" gives "too late"
	By     string // the time of "ack by Friday": "Friday"
	To     string // of "pass @mei": "@mei"
	Line   string // the first line, as written
	Rest   string // what stands below it, Markdown
	Text   string // everything, Markdown
}

// longestLine is how many characters a line that is an act may have, its reason too.
const longestLine = 600

// Read takes a mail's own words apart. maybe says whether a text is a time, so that
// "by the way" is not taken for one.
func Read(text string, maybe func(string) bool) Said {
	text = strings.TrimSpace(text)
	line, rest, _ := strings.Cut(text, "\n")
	s := Said{Text: text, Line: strings.TrimSpace(line), Rest: strings.TrimSpace(rest)}
	if len([]rune(s.Line)) > longestLine {
		return s
	}
	plain := bare(s.Line)
	if act, ok := exact[strings.ToLower(plain)]; ok {
		s.Do = act
		return s
	}
	for _, f := range []func(*Said, string, func(string) bool) bool{acknowledged, passed, reasoned} {
		if f(&s, plain, maybe) {
			return s
		}
	}
	return s
}

var unescape = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)

// skins takes from a hand its colour, and the mark that says it is a picture.
var skins = strings.NewReplacer("\U0001F3FB", "", "\U0001F3FC", "", "\U0001F3FD", "", "\U0001F3FE", "", "\U0001F3FF", "", "\uFE0F", "")

// bare is a line without Markdown's escapes and emphasis, and without what ends a
// sentence.
func bare(line string) string {
	line = skins.Replace(unescape.ReplaceAllString(line, "$1"))
	line = strings.Trim(line, "*_`> \t")
	return strings.TrimSpace(strings.TrimRight(line, ".!,;"))
}

// exact are the lines that say all by themselves.
var exact = map[string]describe.Do{
	"+1": describe.Yes, "👍": describe.Yes, "approve": describe.Yes, "approved": describe.Yes, "i approve": describe.Yes,
	"lgtm": describe.Yes, "looks good to me": describe.Yes, "yes": describe.Yes, "ok": describe.Yes, "okay": describe.Yes,
	"-1": describe.No, "👎": describe.No, "no": describe.No, "reject": describe.No, "rejected": describe.No, "not approved": describe.No,
	"done": describe.Done, "decline": describe.Decline, "declined": describe.Decline, "i decline": describe.Decline,
	"close": describe.Close, "conclude": describe.Close,
}

// heads are the words before a colon, or before a reason.
var heads = map[string]describe.Do{
	"approve": describe.Yes, "approved": describe.Yes, "+1": describe.Yes, "yes": describe.Yes, "lgtm": describe.Yes,
	"no": describe.No, "reject": describe.No, "rejected": describe.No, "-1": describe.No,
	"done": describe.Done, "decline": describe.Decline, "declined": describe.Decline,
	"close": describe.Close, "closed": describe.Close, "conclude": describe.Close, "conclusion": describe.Close,
}

// reasoned reads "decline: why".
func reasoned(s *Said, line string, _ func(string) bool) bool {
	head, reason, ok := strings.Cut(line, ":")
	act, known := heads[strings.ToLower(strings.TrimSpace(head))]
	if !ok || !known || strings.TrimSpace(reason) == "" && act == describe.Say {
		return false
	}
	_, typed, _ := strings.Cut(s.Line, ":") // as written, its marks and its full stop too
	s.Do, s.Reason = act, strings.TrimSpace(typed)
	return true
}

var (
	ackAlone = regexp.MustCompile(`(?i)^(?:ack|acknowledged?|noted|on it|will do|seen)$`)
	ackBy    = regexp.MustCompile(`(?i)^(?:ack|acknowledged?|ok|okay|noted|on it|will do|yes|you(?:'|’)?ll have it|done)?,?\s*by\s+(.+)$`)
	passTo   = regexp.MustCompile(`(?i)^pass(?:ed|ing)?(?:\s+(?:this|it))?(?:\s+on)?(?:\s+to)?\s+(.+)$`)
)

// acknowledged reads "ack", "ack by Friday" and "by 16:00 tomorrow". Only after "ack"
// is what follows "by" a time in any case.
func acknowledged(s *Said, line string, maybe func(string) bool) bool {
	if ackAlone.MatchString(line) {
		s.Do = describe.Acknowledge
		return true
	}
	m := ackBy.FindStringSubmatch(line)
	if m == nil || !maybe(m[1]) && !strings.HasPrefix(strings.ToLower(line), "ack") {
		return false
	}
	s.Do, s.By = describe.Acknowledge, strings.TrimSpace(m[1])
	return true
}

// passed reads "pass @mei", "pass to Mei Tanaka: she knows". Without an @, "to" or a
// colon it is a sentence that begins with "pass".
func passed(s *Said, line string, _ func(string) bool) bool {
	m := passTo.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	who, why, colon := strings.Cut(m[1], ":")
	named := strings.HasPrefix(who, "@")
	to := strings.Contains(strings.ToLower(line), " to ")
	if !named && !to && !colon || len(strings.Fields(who)) > 5 {
		return false
	}
	if named && !colon { // "pass @mei she knows"
		who, why, _ = strings.Cut(who, " ")
	}
	s.Do, s.To, s.Reason = describe.Pass, strings.TrimSpace(who), strings.TrimSpace(why)
	return true
}
