package checkins

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.org/meantime/internal/platform/fault"
)

// numbered writes questions with their numbers, and what an answer to each may be.
func numbered(list []Question, between string) string {
	var out []string
	for i, q := range list {
		words := strconv.Itoa(i+1) + ". " + q.Text
		switch {
		case q.Kind == Mood:
			words += " (1 hard to 5 very good; seen by you alone)"
		case q.Kind == Hill:
			words += " (0 to 100)"
		case q.Kind == Number && q.Unit != "":
			words += " (a number, in " + q.Unit + ")"
		case q.Kind == Number:
			words += " (a number)"
		case q.Kind == YesNo:
			words += " (yes or no)"
		case len(q.choices()) > 0:
			words += " (" + strings.Join(q.choices(), " / ") + ")"
		}
		if q.Required {
			words += " – wanted"
		}
		out = append(out, words)
	}
	return strings.Join(out, between)
}

var (
	numberedLine = regexp.MustCompile(`^[\s>*_]*([0-9]{1,2})\s*\\?[.):]+[*_]*(?:\s+(.*))?$`)
	someNumber   = regexp.MustCompile(`[-+−]?[0-9]+(?:[.,][0-9]+)*`)
	outOf        = regexp.MustCompile(`^(.*?[0-9])\s*(?:/|of|out of)\s*(?:5|100)\b(.*)$`)
)

// nothingSaid are the first lines that mean that there is nothing to say.
var nothingSaid = map[string]bool{"nothing": true, "nothing to say": true, "nothing today": true, "nothing new": true, "no news": true}

// saysNothing says whether the first line of a reply means that there is nothing to say.
func saysNothing(text string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return nothingSaid[strings.ToLower(strings.Trim(oneLine(first), ".!*_ "))]
}

// readReply takes a written reply apart: answers under the numbers of the questions, or,
// without numbers, in their order. What cannot be read is one fault that says of each
// what it may be.
func readReply(questions []Question, text string) ([]Answer, error) {
	parts := byNumber(questions, text)
	if parts == nil {
		parts = inOrder(questions, text)
	}
	out, unclear := []Answer{}, []string{}
	for i, q := range questions {
		said := strings.TrimSpace(parts[i])
		if said == "" || said == "-" || said == "–" {
			continue
		}
		a, ok := q.fromWords(said)
		if !ok {
			unclear = append(unclear, fmt.Sprintf("“%s” cannot be read as an answer to question %d, “%s”. %s", cut(oneLine(said), longestQuote), i+1, q.Text, q.hint()))
			continue
		}
		out = append(out, a)
	}
	if len(unclear) > 0 {
		return nil, fault.New(fault.Invalid, "unclear", strings.Join(append(unclear, "Nothing of it was published."), " "))
	}
	return out, nil
}

// longestQuote is how much of an answer is repeated when it cannot be read, in characters.
const longestQuote = 60

// byNumber puts what stands under each number together; nil when there are no numbers.
// Numbers go up, so that a list inside of an answer stays in it.
func byNumber(questions []Question, text string) map[int]string {
	var parts map[int]string
	at := -1
	for _, line := range strings.Split(text, "\n") {
		quoted := strings.HasPrefix(strings.TrimSpace(line), ">")
		if m := numberedLine.FindStringSubmatch(line); m != nil {
			if n, _ := strconv.Atoi(m[1]); n > at+1 && n <= len(questions) {
				if parts == nil {
					parts = map[int]string{}
				}
				at = n - 1
				line = withoutQuestion(questions[at], m[2])
				if quoted {
					line = ""
				}
				parts[at] = line
				continue
			}
		}
		if at >= 0 && !quoted {
			parts[at] += "\n" + line
		}
	}
	return parts
}

// withoutQuestion takes the question's own words, left standing, out of an answer.
func withoutQuestion(q Question, line string) string {
	line = strings.TrimSpace(line)
	if words := strings.TrimPrefix(numbered([]Question{q}, ""), "1. "); strings.HasPrefix(line, words) {
		return strings.TrimSpace(line[len(words):])
	}
	if q.Text != "" && strings.HasPrefix(line, q.Text) {
		return strings.TrimSpace(line[len(q.Text):])
	}
	return line
}

// inOrder gives paragraphs, or else lines, to the questions in their order; what is
// left over belongs to the last.
func inOrder(questions []Question, text string) map[int]string {
	var kept []string
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), ">") {
			kept = append(kept, strings.TrimRight(line, " \t"))
		}
	}
	said := strings.TrimSpace(strings.Join(kept, "\n"))
	list := slices.DeleteFunc(strings.Split(said, "\n\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
	if lines := strings.Split(said, "\n"); len(list) == 1 && len(lines) == len(questions) {
		list = lines
	}
	out := map[int]string{}
	for i, p := range list {
		if at := min(i, len(questions)-1); out[at] == "" {
			out[at] = p
		} else {
			out[at] += "\n\n" + p
		}
	}
	return out
}

// fromWords reads an answer as people write it.
func (q Question) fromWords(said string) (Answer, bool) {
	a := Answer{Question: q.Key}
	first, _, _ := strings.Cut(said, "\n") // what follows is a remark, or a name below the mail
	plain := strings.ToLower(strings.Trim(oneLine(first), ".!*_ "))
	switch q.Kind {
	case Text, OfWeek, Blocker:
		a.Text = said
	case YesNo:
		yes := plain == "yes" || plain == "y" || strings.HasPrefix(plain, "yes ") || strings.HasPrefix(plain, "yes,")
		no := plain == "no" || plain == "n" || strings.HasPrefix(plain, "no ") || strings.HasPrefix(plain, "no,")
		if yes == no {
			return a, false
		}
		a.Yes = &yes
	case Choice, Health:
		for i, c := range q.choices() {
			if plain == strings.ToLower(c) || plain == strconv.Itoa(i+1) {
				a.Text = c
			}
		}
		return a, a.Text != ""
	default:
		n, ok := q.numberIn(plain)
		if !ok || !q.takes(n) {
			return a, false
		}
		a.Number = &n
	}
	return a, true
}

// spoken are the numbers that people write as words, and moods the words on the faces.
var (
	spoken = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	moods  = []string{"hard", "low", "all right", "good", "very good"}
)

// numberIn finds the one number that is meant: "4", "4 of 5", "3,5 hours", "four". With
// two, or with a comma that may be a point or not (1,500), nobody can say which.
func (q Question) numberIn(plain string) (float64, bool) {
	if i := slices.Index(moods, plain); i >= 0 && q.Kind == Mood {
		return float64(i + 1), true
	}
	if i := slices.Index(spoken, strings.TrimSpace(strings.TrimSuffix(plain, strings.ToLower(q.Unit)))); i >= 0 {
		return float64(i), true
	}
	if m := outOf.FindStringSubmatch(plain); m != nil && q.Kind != Number {
		plain = m[1] + m[2]
	}
	found := someNumber.FindAllString(plain, 2)
	if len(found) != 1 || thousands.MatchString(found[0]) {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.Replace(strings.Replace(found[0], ",", ".", 1), "−", "-", 1), 64)
	return n, err == nil
}

// thousands is a number in which a comma or point may stand between thousands.
var thousands = regexp.MustCompile(`^[-+−]?[1-9][0-9]{0,2}[.,][0-9]{3}$`)

// takes says whether a number may be an answer.
func (q Question) takes(n float64) bool {
	var a Answer
	return q.number(&a, &n) == nil
}

// hint says what an answer may be.
func (q Question) hint() string {
	switch q.Kind {
	case YesNo:
		return "Write yes or no."
	case Choice, Health:
		return "Write one of: " + strings.Join(q.choices(), ", ") + "."
	case Mood:
		return "Write a number from 1 to 5."
	case Hill:
		return "Write a number from 0 to 100."
	}
	return "Write one number, in digits and without separators, such as 1500 or 2.5."
}
