package checkins

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// The kinds of question.
const (
	Text    = "text"
	Choice  = "choice"
	Number  = "number"
	Mood    = "mood" // 1 to 5, for the person alone
	YesNo   = "yes_no"
	Health  = "health"  // on track, at risk or off track
	Hill    = "hill"    // 0 to 100: up to 50 it is being figured out, from there on done
	OfWeek  = "of_week" // the team question of the week, from a bank
	Blocker = "blocker" // what is waited for
)

var kinds = []string{Text, Choice, Number, Mood, YesNo, Health, Hill, OfWeek, Blocker}

// Healths are the choices of a health question.
var Healths = []string{"on track", "at risk", "off track"}

// Question is one of a check-in's.
type Question struct {
	Key      string   `json:"key"` // stays the same when the words change
	Kind     string   `json:"kind"`
	Text     string   `json:"text"`
	Choices  []string `json:"choices,omitempty"`
	Unit     string   `json:"unit,omitempty"` // of a number
	Required bool     `json:"required,omitempty"`
}

// Answer is what was said to one question.
type Answer struct {
	Question string   `json:"question"` // its key
	Text     string   `json:"text,omitempty"`
	Number   *float64 `json:"number,omitempty"`
	Yes      *bool    `json:"yes,omitempty"`
}

// Draft is what somebody has written and not published.
type Draft struct {
	Answers []Answer `json:"answers"`
}

// Limits of what one may say.
const (
	mostQuestions = 20
	mostChoices   = 20
	longestLine   = 300    // characters of a question or a choice
	longestAnswer = 20_000 // characters
	mostNumber    = 1e12
)

// tidyQuestions checks questions and gives keys to those that have none.
func tidyQuestions(list []Question) ([]Question, error) {
	if len(list) == 0 || len(list) > mostQuestions {
		return nil, wrong("bad_questions", "questions", fmt.Sprintf("Ask between 1 and %d questions.", mostQuestions))
	}
	seen := map[string]bool{}
	for _, q := range list {
		if q.Key != "" && (seen[q.Key] || len(q.Key) > 20 || strings.ContainsFunc(q.Key, notKey)) {
			return nil, wrong("bad_questions", "questions", "Each question has a key of its own, of at most 20 small letters, digits and _; leave it out to have one made.")
		}
		seen[q.Key] = true
	}
	out := make([]Question, 0, len(list))
	for _, q := range list {
		for n := 1; q.Key == ""; n++ {
			if k := "q" + strconv.Itoa(n); !seen[k] {
				q.Key, seen[k] = k, true
			}
		}
		q, err := q.tidy()
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

func notKey(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') }

func (q Question) tidy() (Question, error) {
	q.Text, q.Unit = oneLine(q.Text), oneLine(q.Unit)
	if !slices.Contains(kinds, q.Kind) {
		return q, wrong("bad_questions", "questions", "A question is text, choice, number, mood, yes_no, health, hill, of_week or blocker.")
	}
	if q.Text == "" && q.Kind != OfWeek {
		return q, wrong("bad_questions", "questions", "Each question needs words.")
	}
	if (q.Kind == Choice) != (len(q.Choices) > 0) || len(q.Choices) == 1 || len(q.Choices) > mostChoices {
		return q, wrong("bad_questions", "questions", fmt.Sprintf("Give a choice between 2 and %d choices, and other questions none.", mostChoices))
	}
	choices := []string{}
	for _, c := range q.Choices {
		c = oneLine(c)
		if c == "" || slices.ContainsFunc(choices, func(x string) bool { return strings.EqualFold(x, c) }) {
			return q, wrong("bad_questions", "questions", "Each choice needs words of its own.")
		}
		choices = append(choices, c)
	}
	for _, words := range append([]string{q.Text, q.Unit}, choices...) {
		if err := fits("questions", words, longestLine); err != nil {
			return q, err
		}
	}
	if q.Choices = choices; len(choices) == 0 {
		q.Choices = nil
	}
	return q, nil
}

// choices are what may be chosen.
func (q Question) choices() []string {
	if q.Kind == Health {
		return Healths
	}
	return q.Choices
}

// private says that the answer is shown to nobody but whoever gave it.
func (q Question) private() bool { return q.Kind == Mood }

func byKey(list []Question, key string) (Question, bool) {
	i := slices.IndexFunc(list, func(q Question) bool { return q.Key == key })
	if i < 0 {
		return Question{}, false
	}
	return list[i], true
}

// check puts answers in the order of the questions. A draft may be incomplete.
func check(questions []Question, given []Answer, draft bool) ([]Answer, error) {
	said := map[string]Answer{}
	for _, a := range given {
		q, ok := byKey(questions, a.Question)
		if _, twice := said[a.Question]; !ok || twice {
			return nil, wrong("bad_answer", "answers", "Answer each question once, by its key.")
		}
		a, err := q.read(a)
		if err != nil {
			return nil, err
		}
		if !a.empty() {
			said[a.Question] = a
		}
	}
	out := []Answer{}
	for _, q := range questions {
		a, ok := said[q.Key]
		if ok {
			out = append(out, a)
		} else if q.Required && !draft {
			return nil, fault.Newf(fault.Invalid, "answer_needed", "“%s” needs an answer; or say that you have nothing to say.", q.Text).At("answers")
		}
	}
	return out, nil
}

func (a Answer) empty() bool { return a.Text == "" && a.Number == nil && a.Yes == nil }

// read checks an answer to a question, and keeps what belongs to its kind.
func (q Question) read(a Answer) (Answer, error) {
	out := Answer{Question: q.Key}
	switch q.Kind {
	case Text, OfWeek, Blocker:
		out.Text = strings.TrimSpace(a.Text)
		return out, fits("answers", out.Text, longestAnswer)
	case Choice, Health:
		if a.Text == "" {
			return out, nil
		}
		i := slices.IndexFunc(q.choices(), func(c string) bool { return strings.EqualFold(c, oneLine(a.Text)) })
		if i < 0 {
			return out, fault.Newf(fault.Invalid, "bad_answer", "“%s” is answered with one of: %s.", q.Text, strings.Join(q.choices(), ", ")).At("answers")
		}
		out.Text = q.choices()[i]
	case YesNo:
		out.Yes = a.Yes
	default:
		return out, q.number(&out, a.Number)
	}
	return out, nil
}

func (q Question) number(out *Answer, n *float64) error {
	if n == nil {
		return nil
	}
	lo, hi := q.bounds()
	whole := q.Kind == Number || *n == float64(int64(*n))
	if !(*n >= lo && *n <= hi) || !whole {
		return fault.Newf(fault.Invalid, "bad_answer", "“%s” is answered with a number from %v to %v.", q.Text, lo, hi).At("answers")
	}
	out.Number = n
	return nil
}

func (q Question) bounds() (lo, hi float64) {
	switch q.Kind {
	case Mood:
		return 1, 5
	case Hill:
		return 0, 100
	}
	return -mostNumber, mostNumber
}

// Words is an answer as text.
func (a Answer) Words() string {
	switch {
	case a.Number != nil:
		return strconv.FormatFloat(*a.Number, 'f', -1, 64)
	case a.Yes != nil && *a.Yes:
		return "yes"
	case a.Yes != nil:
		return "no"
	}
	return a.Text
}

// NewBlocker is something that somebody waits for.
type NewBlocker struct {
	Words  string
	Person id.ID  // whom they wait for: is asked, with the window
	What   string // or what
	Window string // "4h", "1d"; the check-in's when empty
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// fits refuses what is too long, or holds what nobody can see.
func fits(field, text string, most int) error {
	if utf8.RuneCountInString(text) > most {
		return fault.Newf(fault.Invalid, "too_long", "Keep this to %d characters.", most).At(field)
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, hidden) {
		return wrong("unreadable", field, "This holds characters that cannot be shown; write it anew.")
	}
	return nil
}

func hidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }
