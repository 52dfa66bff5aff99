package asks

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Limits of what one may say.
const (
	longestLine   = 300     // characters of what is asked
	longestWords  = 2000    // characters of a reason or a note
	longestChoice = 120     // characters of one choice
	mostChoices   = 20      // of one decision
	mostPeople    = 200     // addressees of one ask
	mostAsks      = 10      // on one post
	farthestDays  = 5 * 366 // for deadlines and promises
)

// NewAsk is an ask to be made on a post.
type NewAsk struct {
	Thread, Post  id.ID
	Kind          Kind
	People, Teams []id.ID
	Duty          []id.ID          // teams whose person on duty is asked; the zero id is the space's own
	Window        string           // "4h", "1d"; the space's usual one when empty and there is no deadline
	Deadline      clock.Instant    // instead of the window
	Urgency       worktime.Urgency // routine when empty
	Reason        string           // needed when urgent
	Otherwise     string           // needed when urgent: what happens if nobody acts
	SecondReason  string           // needed when urgent beyond the space's budget
	Need          string           // all (when empty), any, or a number
	Silence       string           // nothing when empty
	SilenceTo     id.ID            // whom to escalate to
	Text          string
	Choices       []string // of a decision
}

// tidy trims what was typed and fills in what is usual.
func (n NewAsk) tidy(usualWindow string) NewAsk {
	n.Text = strings.Join(strings.Fields(n.Text), " ")
	n.Reason, n.Otherwise = strings.TrimSpace(n.Reason), strings.TrimSpace(n.Otherwise)
	n.SecondReason = strings.TrimSpace(n.SecondReason)
	choices := []string{}
	for _, c := range n.Choices {
		choices = append(choices, strings.Join(strings.Fields(c), " "))
	}
	n.Choices = choices
	if n.Urgency == "" {
		n.Urgency = worktime.Routine
	}
	if n.Need == "" {
		n.Need = NeedAll
	}
	if n.Silence == "" {
		n.Silence = Nothing
	}
	if n.Window == "" && n.Deadline.IsZero() {
		n.Window = usualWindow
	}
	return n
}

// check says what is wrong with an ask, as far as it can be seen without looking
// anything up.
func (n NewAsk) check(now clock.Instant) error {
	if !n.Kind.valid() {
		return wrong("kind", "kind", "Say what you expect: reply, review, approve, decide, do, acknowledge or check_in.")
	}
	if err := n.checkWords(); err != nil {
		return err
	}
	if err := n.checkChoices(); err != nil {
		return err
	}
	if err := n.checkSilence(); err != nil {
		return err
	}
	_, err := terms(n.Urgency, n.Window, n.Deadline, now)
	return err
}

func (n NewAsk) checkWords() error {
	if err := fits("text", n.Text, longestLine); err != nil {
		return err
	}
	if err := fits("reason", n.Reason, longestWords); err != nil {
		return err
	}
	if err := fits("otherwise", n.Otherwise, longestWords); err != nil {
		return err
	}
	if err := fits("second_reason", n.SecondReason, longestWords); err != nil {
		return err
	}
	if n.Urgency == worktime.Urgent && n.Reason == "" {
		return wrong("urgent_reason", "reason", "Say why this is urgent; the people you ask will see it.")
	}
	if n.Urgency == worktime.Urgent && n.Otherwise == "" {
		return wrong("urgent_otherwise", "otherwise", "Say what happens if nobody acts.")
	}
	return nil
}

func (n NewAsk) checkChoices() error {
	if n.Kind != Decide {
		if len(n.Choices) > 0 {
			return wrong("choices", "choices", "Only a decision has choices; leave them out, or ask to decide.")
		}
		return nil
	}
	if len(n.Choices) == 1 || len(n.Choices) > mostChoices {
		return wrongf("choices", "choices", "Give between 2 and %d choices, or none to be answered in words.", mostChoices)
	}
	seen := map[string]bool{}
	for _, c := range n.Choices {
		if c == "" || seen[strings.ToLower(c)] {
			return wrong("choices", "choices", "Each choice needs words of its own.")
		}
		seen[strings.ToLower(c)] = true
		if err := fits("choices", c, longestChoice); err != nil {
			return err
		}
	}
	return nil
}

func (n NewAsk) checkSilence() error {
	switch n.Silence {
	case Nothing, Consent, IDecide:
		if !n.SilenceTo.IsZero() {
			return wrong("silence", "silence.to", "Only an escalation names somebody; leave the person out.")
		}
	case Escalate:
		if n.SilenceTo.IsZero() {
			return wrong("silence", "silence.to", "Say whom to ask if nobody answers.")
		}
	default:
		return wrong("silence", "silence.then", "Say what silence means: nothing, consent, escalate or i_decide.")
	}
	return nil
}

// checkNeed compares how many must answer with how many are asked.
func checkNeed(need string, asked int) error {
	if need == NeedAll || need == NeedAny {
		return nil
	}
	k, err := strconv.Atoi(need)
	if err != nil || k < 1 || strconv.Itoa(k) != need {
		return wrong("need", "need", "Say how many must answer: all, any, or a number.")
	}
	if k > asked {
		return wrongf("need", "need", "You ask %d and want %d answers; ask more people, or want fewer.", asked, k)
	}
	return nil
}

// terms reads urgency and window or deadline.
func terms(u worktime.Urgency, window string, deadline, now clock.Instant) (Terms, error) {
	t := Terms{Urgency: u, Deadline: deadline}
	if !u.Valid() {
		return t, wrong("urgency", "urgency", "Say how urgent it is: routine, soon or urgent.")
	}
	if deadline.IsZero() {
		var err error
		if t.Window, err = worktime.ParseWindow(window); err != nil {
			return t, wrong("window", "window", "Give the window in working time, such as 4h or 90m, or in working days, such as 1d.")
		}
		return t, nil
	}
	switch {
	case window != "":
		return t, wrong("window_and_deadline", "deadline", "Give either a window or a deadline, not both.")
	case deadline <= now:
		return t, wrong("due_in_past", "deadline", "Pick a deadline in the future.")
	case deadline > farthest(now):
		return t, wrong("due_too_far", "deadline", "Pick a deadline within five years.")
	}
	return t, nil
}

// terms of an ask that was checked when it was made.
func (a *Ask) terms() Terms {
	t := Terms{Urgency: a.Urgency, Deadline: a.Deadline}
	if a.Deadline.IsZero() {
		t.Window, _ = worktime.ParseWindow(a.TimeWindow)
	}
	return t
}

// termsFor are the terms for somebody asked at a moment: one working day for
// whoever comes in after the deadline.
func (a *Ask) termsFor(asked clock.Instant) Terms {
	t := a.terms()
	if !t.Deadline.IsZero() && t.Deadline <= asked {
		return Terms{Urgency: t.Urgency, Window: worktime.Window{Days: 1, IsDays: true}}
	}
	return t
}

func farthest(now clock.Instant) clock.Instant {
	return clock.At(now.Time().AddDate(0, 0, farthestDays))
}

// fits refuses what is too long, or holds what nobody can see.
func fits(field, text string, most int) error {
	if utf8.RuneCountInString(text) > most {
		return wrongf("too_long", field, "Keep this to %d characters.", most)
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, hidden) {
		return wrong("unreadable", field, "This holds characters that cannot be shown; write it anew.")
	}
	return nil
}

func hidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }

func wrong(code, field, sentence string) error {
	return fault.New(fault.Invalid, code, sentence).At(field)
}

func wrongf(code, field, format string, args ...any) error {
	return fault.Newf(fault.Invalid, code, format, args...).At(field)
}
