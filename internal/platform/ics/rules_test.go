package ics

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// corpus is the folder of iCalendar cases that others have collected.
func corpus(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("MEANTIME_CORPUS")
	if root == "" {
		t.Skip("MEANTIME_CORPUS does not name the folder of test data")
	}
	path := filepath.Join(root, "ical", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the folder of test data has no ical/%s", name)
	}
	return path
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(corpus(t, name))
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

type ruleCase struct {
	ID, Name, Source, Rrule, Dtstart, TZ string
	DateOnly                             bool   `json:"date_only"`
	PrefixOnly                           bool   `json:"prefix_only"`
	StartAt                              string `json:"start_at"`
	ExpectError                          string `json:"expect_error_or_empty"`
	Expected                             []string
	RuleSet                              []string `json:"rruleset"`
	RDate, ExRule, ExDate                []string
}

const face = "2006-01-02T15:04:05"

// asEvent writes a case as an event.
func (c ruleCase) asEvent() string {
	var b strings.Builder
	when := func(s string) string {
		s = strings.NewReplacer("-", "", ":", "").Replace(s)
		if c.DateOnly {
			s = s[:8]
		}
		return s
	}
	zone := ""
	if c.TZ != "" {
		zone = ";TZID=" + c.TZ
	}
	start := c.Dtstart
	rules := []string{}
	if c.Rrule != "" {
		rules = append(rules, "RRULE:"+c.Rrule)
	}
	for _, text := range append(slices.Clone(c.RuleSet), c.ExRule...) {
		first, rule, _ := strings.Cut(text, "\n")
		t, _, _, _ := wall(strings.TrimPrefix(first, "DTSTART:"))
		if start == "" {
			start = t.Format(face)
		}
		if slices.Contains(c.ExRule, text) {
			rule = "EX" + strings.TrimPrefix(rule, "R")
		}
		rules = append(rules, rule)
	}
	for _, d := range c.RDate {
		if start == "" {
			start = d
		}
		rules = append(rules, "RDATE"+zone+":"+when(d))
	}
	for _, d := range c.ExDate {
		rules = append(rules, "EXDATE"+zone+":"+when(d))
	}
	fmt.Fprintf(&b, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART%s:%s\r\n%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", zone, when(start), strings.Join(rules, "\r\n"))
	return b.String()
}

// run gives what we make of a case, and whether it was read.
func (c ruleCase) run(t *testing.T) (got []string, why string) {
	t.Helper()
	cal, err := Parse(c.asEvent())
	if err != nil {
		t.Fatal(err)
	}
	if len(cal.Problems) > 0 || len(cal.Events) != 1 {
		return nil, fmt.Sprint(cal.Problems)
	}
	from := cal.Events[0].Start.Wall.AddDate(0, 0, -2)
	if c.StartAt != "" && (len(c.Expected) == 0 || c.Expected[0] >= c.StartAt) { // others list everything all the same
		from, _ = time.Parse(face, c.StartAt)
	}
	to := from.AddDate(202, 0, 0)
	if c.PrefixOnly {
		to = from.AddDate(20, 0, 0)
	}
	e := cal.Events[0]
	for _, r := range e.rules {
		if r.freq > daily && r.count == 0 && r.until.IsZero() {
			to = from.AddDate(0, 0, 3)
		}
	}
	list, problems := cal.Occurrences(from, to, time.UTC)
	for _, o := range list {
		shown := o.WallStart
		if z := e.Start.Zone; z != nil {
			shown = z.Wall(o.Start)
		}
		got = append(got, shown.Format(face))
	}
	if len(problems) > 0 {
		why = fmt.Sprint(problems)
	}
	return got, why
}

func (c ruleCase) agrees(got []string, why string) bool {
	if c.ExpectError != "" {
		return why != "" || len(got) == 0
	}
	want := c.Expected
	if c.PrefixOnly && len(got) > len(want) {
		got = got[:len(want)]
	}
	return why == "" && slices.Equal(got, want)
}

// A difference of policy: what others do and we do not, and why. docs/calendars.md
// tells the same; a case that is not listed here fails the test.
var differences = map[string]string{
	"dtstart": "DTSTART is not one of the rule's times: it is not given out (undefined by the RFC; libical, dateutil and php-rrule do the same)",
	"months":  "BYMONTHDAY alone in a yearly rule means every month, as dateutil and php-rrule read it",
	"weeks":   "the years of numbered weeks are counted as weeks count them, as in libical's own neighbouring cases",
	"minus":   "sabre counts negative week numbers one too early",
	"ignored": "sabre ignores parts of rules that others heed",
	"weekday": "a numbered week without BYDAY means DTSTART's weekday, as the RFC, libical and sabre say; php-rrule and dateutil give all seven days",
	"easter":  "BYEASTER is no part of the RFC: the event is left out and the reason told",
	"endless": "no time fits, which takes too long to find out: nothing is given, and a sentence says so",
}

var differing = map[string]string{
	"rr0076": "months", "rr0133": "weeks", "rr0220": "minus", "rr0235": "ignored", "rr0261": "weekday",
	"rr0167": "dtstart", "rr0204": "dtstart", "rr0217": "dtstart", "rr0221": "dtstart", "rr0229": "dtstart", "rr0234": "dtstart", "rr0237": "dtstart",
	"rr0461": "endless", "rr0463": "endless", "rr0464": "endless",
	"rr0488": "easter", "rr0524": "easter", "rr0525": "easter", "rr0557": "easter", "rr0588": "easter",
	"rr0619": "easter", "rr0651": "easter", "rr0652": "easter", "rr0684": "easter", "rr0685": "easter",
}

func TestRulesOfOthers(t *testing.T) {
	var all []ruleCase
	readJSON(t, "rrule_cases.json", &all)
	agree, total := map[string]int{}, map[string]int{}
	for _, c := range all {
		source, _, _ := strings.Cut(strings.ReplaceAll(c.Source, "/", " "), " ")
		total[source]++
		got, why := c.run(t)
		reason := differing[c.ID]
		switch {
		case c.agrees(got, why):
			agree[source]++
			if reason != "" {
				t.Errorf("%s agrees by now; take it off the list", c.ID)
			}
		case reason == "" || differences[reason] == "":
			t.Errorf("%s %s %q: DTSTART %s %s\n got %v %s\nwant %v", c.ID, source, c.Name, c.Dtstart, c.Rrule, got[:min(6, len(got))], why, c.Expected[:min(6, len(c.Expected))])
		}
	}
	t.Logf("agree %v of %v", agree, total)
	atLeast(t, agree, map[string]int{"libical": 70, "sabre-io": 37, "rlanvin": 104, "dateutil": 127})
}

// atLeast holds what docs/calendars.md tells.
func atLeast(t *testing.T, got, want map[string]int) {
	t.Helper()
	for k, n := range want {
		if got[k] < n {
			t.Errorf("%s: %d agree, docs/calendars.md says %d", k, got[k], n)
		}
	}
}

// refused are the rules that php-rrule wants refused, as RRULE would say them.
func TestInvalidRulesOfOthers(t *testing.T) {
	var all []struct {
		Rule   map[string]any
		String string
	}
	readJSON(t, "rrule_invalid.json", &all)
	refused := 0
	for i, c := range all {
		text := c.String
		if c.Rule != nil {
			rule, ok := ruleText(c.Rule)
			if !ok {
				refused++ // it cannot even be written
				continue
			}
			text = "DTSTART:20150701T090000\nRRULE:" + rule
		}
		lines := []string{}
		for l := range strings.SplitSeq(text, "\n") {
			lines = append(lines, strings.TrimSpace(l))
		}
		cal, err := Parse("BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + strings.Join(lines, "\n") + "\nEND:VEVENT\nEND:VCALENDAR\n")
		if err != nil {
			t.Fatal(err)
		}
		if len(cal.Problems) > 0 {
			refused++
		} else {
			t.Logf("%d is read: %q", i, text)
		}
	}
	t.Logf("refused %d of %d", refused, len(all))
	atLeast(t, map[string]int{"refused": refused}, map[string]int{"refused": 27})
}

// ruleText writes the rule of a PHP array; some have values that no text has.
func ruleText(rule map[string]any) (string, bool) {
	parts := []string{"FREQ=" + fmt.Sprint(rule["FREQ"])}
	for k, v := range rule {
		if list, ok := v.([]any); ok {
			if len(list) == 0 {
				return "", false
			}
			v = list[0]
		}
		if v == nil || v == "<object>" {
			return "", false
		}
		if k != "FREQ" {
			parts = append(parts, k+"="+fmt.Sprint(v))
		}
	}
	return strings.Join(parts, ";"), true
}
