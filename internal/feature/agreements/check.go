package agreements

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/worktime"
)

// The limits of an agreement.
const (
	longestProse  = 50_000 // bytes
	longestRule   = 2_000  // characters
	longestReason = 500    // characters
	mostChecks    = 12
	mostSpaces    = 200
	mostPerMonth  = 1_000
)

// Kinds are the kinds of ask that a window can be agreed for, as they are shown.
var Kinds = []asks.Kind{asks.Reply, asks.Review, asks.Approve, asks.Decide, asks.Do, asks.Acknowledge, asks.CheckIn}

func wrong(field, code, sentence string) error {
	return fault.New(fault.Invalid, code, sentence).At(field)
}

// tidy sorts what has no order and leaves out what says nothing.
func (f Fields) tidy() Fields {
	windows := map[asks.Kind]string{}
	for k, w := range f.Windows {
		if w = strings.TrimSpace(w); w != "" {
			windows[k] = w
		}
	}
	f.Windows = windows
	f.Checks = slices.Compact(slices.Sorted(slices.Values(f.Checks)))
	free := map[string][]string{}
	for day, list := range f.MeetingFree {
		if len(list) > 0 {
			free[day] = slices.Compact(slices.Sorted(slices.Values(list)))
		}
	}
	f.MeetingFree = free
	f.Urgent.Rule = strings.TrimSpace(f.Urgent.Rule)
	if f.Urgent.Who == "" {
		f.Urgent.Who = Anyone
	}
	if f.Quiet != nil && *f.Quiet == (Bounds{}) {
		f.Quiet = nil
	}
	return f
}

// check says what is wrong with the fields, and where.
func (f Fields) check() error {
	for k, w := range f.Windows {
		if !slices.Contains(Kinds, k) {
			return wrong("fields.windows", "kind", "Give windows for reply, review, approve, decide, do, acknowledge or check_in.")
		}
		if _, err := worktime.ParseWindow(w); err != nil {
			return wrong("fields.windows."+string(k), "window", "Give the window in working time, such as 4h or 90m, or in working days, such as 1d.")
		}
	}
	if len(f.Checks) > mostChecks {
		return wrong("fields.checks", "too_many", fmt.Sprintf("Suggest at most %d check times a day.", mostChecks))
	}
	if err := f.checkTimes(); err != nil {
		return err
	}
	if err := f.Quiet.check(); err != nil {
		return err
	}
	if !slices.Contains([]string{Anyone, Members, Admins}, f.Urgent.Who) {
		return wrong("fields.urgent.who", "urgent_who", "Say who may ask urgently: anyone, members or admins.")
	}
	if f.Urgent.PerMonth < 0 || f.Urgent.PerMonth > mostPerMonth {
		return wrong("fields.urgent.per_month", "urgent_number", fmt.Sprintf("Agree on a number between 1 and %d a month, or 0 for none.", mostPerMonth))
	}
	if utf8.RuneCountInString(f.Urgent.Rule) > longestRule {
		return wrong("fields.urgent.rule", "too_long", fmt.Sprintf("Keep the rule to %d characters.", longestRule))
	}
	if len(f.Spaces) > mostSpaces {
		return wrong("fields.spaces", "too_many", fmt.Sprintf("An agreement holds in at most %d spaces.", mostSpaces))
	}
	return nil
}

// checkTimes lets worktime, which owns the question, read the clock times.
func (f Fields) checkTimes() error {
	spec := worktime.Spec{Zone: "UTC", Weekly: f.MeetingFree, Checks: map[string][]string{"mon": f.Checks}}
	_, err := spec.Compile()
	var bad *worktime.InvalidError
	if !errors.As(err, &bad) {
		return err
	}
	field := "fields.checks"
	if rest, ok := strings.CutPrefix(bad.Field, "weekly"); ok {
		field = "fields.meeting_free" + rest
	}
	return wrong(field, "times", bad.Error())
}

func (b *Bounds) check() error {
	if b == nil {
		return nil
	}
	if !clockTime(b.Earliest) || !clockTime(b.Latest) || b.Earliest >= b.Latest {
		return wrong("fields.quiet", "bounds", "Give two clock times, the earlier first, such as 07:00 and 20:00.")
	}
	return nil
}

// clockTime says whether a text is a time of day, "24:00" included.
func clockTime(s string) bool {
	if s == "24:00" {
		return true
	}
	_, err := (worktime.Spec{Zone: "UTC", Checks: map[string][]string{"mon": {s}}}).Compile()
	return err == nil
}

func checkWords(prose, reason string) error {
	switch {
	case len(prose) > longestProse || !utf8.ValidString(prose):
		return wrong("prose", "too_long", fmt.Sprintf("Keep the page to %d characters.", longestProse))
	case utf8.RuneCountInString(reason) > longestReason || !utf8.ValidString(reason):
		return wrong("reason", "too_long", fmt.Sprintf("Keep the reason to %d characters.", longestReason))
	case reason == "":
		return wrong("reason", "reason_needed", "Say in a few words why it changes: the team reads it with the change.")
	}
	return nil
}
