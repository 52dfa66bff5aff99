package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// answer reads words as an answer to a question, and says what it may be when they are none.
func (q checkinQuestion) answer(words string) (map[string]any, error) {
	a := map[string]any{"question": q.Key}
	words = strings.TrimSpace(words)
	no := func(may string) error {
		return fmt.Errorf("“%s” is answered %s “%s”. Nothing was published", q.Text, may, words)
	}
	switch q.Kind {
	case "yes_no":
		switch strings.ToLower(words) {
		case "yes", "y":
			a["yes"] = true
		case "no", "n":
			a["yes"] = false
		default:
			return nil, no("yes or no, not")
		}
	case "number", "mood", "hill":
		n, err := strconv.ParseFloat(strings.Replace(words, ",", ".", 1), 64)
		if err != nil {
			return nil, no(map[string]string{"mood": "with a number from 1 to 5, not", "hill": "with a number from 0 to 100, not", "number": "with a number in digits, not"}[q.Kind])
		}
		a["number"] = n
	case "choice", "health":
		if len(q.choices()) > 0 && !slices.ContainsFunc(q.choices(), func(c string) bool { return strings.EqualFold(c, words) }) {
			return nil, no("with one of: " + strings.Join(q.choices(), ", ") + "; not")
		}
		a["text"] = words
	default:
		a["text"] = words
	}
	return a, nil
}

// choices are what may be chosen.
func (q checkinQuestion) choices() []string {
	if q.Kind == "health" {
		return []string{"on track", "at risk", "off track"}
	}
	return q.Choices
}

// hint says what an answer may be; empty for words.
func (q checkinQuestion) hint() string {
	switch {
	case q.Kind == "mood":
		return " (1 hard to 5 very good; seen by you alone)"
	case q.Kind == "hill":
		return " (0 to 100)"
	case q.Kind == "yes_no":
		return " (yes or no)"
	case q.Kind == "number" && q.Unit != "":
		return " (a number, in " + q.Unit + ")"
	case q.Kind == "number":
		return " (a number)"
	case len(q.choices()) > 0:
		return " (" + strings.Join(q.choices(), " / ") + ")"
	}
	return ""
}
