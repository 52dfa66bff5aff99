package agreements

import (
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/id"
)

// Difference is one field of an agreement that two versions have otherwise; empty
// stands for nothing agreed.
type Difference struct {
	Field   string // "windows.reply", "checks", "quiet", "urgent.who", "meeting_free.wed", "spaces", "prose" …
	Was, Is string
}

// compare lists what a version has otherwise than another, in the order of the page.
func compare(was, is Version) []Difference {
	var out []Difference
	put := func(field, a, b string) {
		if a != b {
			out = append(out, Difference{field, a, b})
		}
	}
	x, y := was.Fields.V.tidy(), is.Fields.V.tidy()
	for _, k := range Kinds {
		put("windows."+string(k), x.Windows[k], y.Windows[k])
	}
	put("checks", strings.Join(x.Checks, ", "), strings.Join(y.Checks, ", "))
	put("quiet", x.Quiet.words(), y.Quiet.words())
	if was.Version > 0 || y.Urgent.Who != Anyone {
		put("urgent.who", x.Urgent.Who, y.Urgent.Who)
	}
	put("urgent.per_month", number(x.Urgent.PerMonth), number(y.Urgent.PerMonth))
	put("urgent.rule", x.Urgent.Rule, y.Urgent.Rule)
	for _, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		put("meeting_free."+day, strings.Join(x.MeetingFree[day], ", "), strings.Join(y.MeetingFree[day], ", "))
	}
	if !sameSpaces(x.Spaces, y.Spaces) {
		out = append(out, Difference{"spaces", number(len(x.Spaces)), number(len(y.Spaces))})
	}
	put("prose", was.Prose, is.Prose)
	return out
}

func (b *Bounds) words() string {
	if b == nil {
		return ""
	}
	return b.Earliest + " to " + b.Latest
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func sameSpaces(a, b []id.ID) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x id.ID) bool { return !slices.Contains(b, x) })
}

// labels are the fields in words.
var labels = map[string]string{
	"checks": "check times", "quiet": "bounds of hours", "urgent.who": "who may ask urgently",
	"urgent.per_month": "urgent asks a month", "urgent.rule": "the urgent rule", "spaces": "its spaces", "prose": "the page",
}

func label(field string) string {
	if l, ok := labels[field]; ok {
		return l
	}
	if kind, ok := strings.CutPrefix(field, "windows."); ok {
		return "window to " + kindWords[asks.Kind(kind)]
	}
	return "time without meetings on " + strings.TrimPrefix(field, "meeting_free.")
}

var kindWords = map[asks.Kind]string{
	asks.Reply: "reply", asks.Review: "review", asks.Approve: "approve", asks.Decide: "decide", asks.Do: "do something",
	asks.Acknowledge: "acknowledge", asks.CheckIn: "check in",
}

// inWords says in a line what changed.
func inWords(list []Difference) string {
	var out []string
	for _, d := range list {
		l := label(d.Field)
		switch {
		case len(d.Was)+len(d.Is) > 60 || d.Field == "prose" || d.Field == "spaces":
		case d.Is == "":
			l += " no more"
		default:
			l += " " + d.Is
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		return ""
	}
	return "(" + strings.Join(out, "; ") + ")"
}
