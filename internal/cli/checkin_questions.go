package cli

import (
	"fmt"
	"slices"
	"strings"
)

// question is one of a check-in's, as the API takes it.
type question struct {
	Key      string   `json:"key,omitempty"`
	Kind     string   `json:"kind"`
	Text     string   `json:"text,omitempty"`
	Choices  []string `json:"choices,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Required bool     `json:"required,omitempty"`
}

var questionKinds = []string{"text", "choice", "number", "mood", "yes_no", "health", "hill", "of_week", "blocker"}

// questionsFrom reads questions as they are typed: "kind: words | choice | choice". Words
// alone are a text; kind! must be answered. What was asked before keeps its key.
func questionsFrom(list []string, had []question) ([]question, error) {
	out := []question{}
	for _, line := range list {
		parts := strings.Split(line, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		kind, words, ok := strings.Cut(parts[0], ":")
		bare := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(kind), "!"))
		bare = strings.NewReplacer("/", "_", " ", "_", "-", "_").Replace(bare)
		q := question{Kind: bare, Text: strings.TrimSpace(words), Required: strings.HasSuffix(strings.TrimSpace(kind), "!")}
		if !slices.Contains(questionKinds, bare) || !ok && bare != "of_week" {
			q = question{Kind: "text", Text: parts[0]}
		}
		more := parts[1:]
		switch {
		case q.Text == "" && q.Kind != "of_week":
			return nil, fmt.Errorf("%q asks nothing; write it like \"text: What next?\"", line)
		case q.Kind == "choice" && len(more) < 2:
			return nil, fmt.Errorf("%q needs two choices or more: \"choice: How was it? | good | bad\"", line)
		case q.Kind == "choice":
			q.Choices = more
		case q.Kind == "number" && len(more) == 1:
			q.Unit = more[0]
		case len(more) > 0:
			return nil, fmt.Errorf("%q: choices go with a choice, and a unit with a number", line)
		}
		for _, h := range had {
			if h.Kind == q.Kind && strings.EqualFold(h.Text, q.Text) {
				q.Key = h.Key
			}
		}
		out = append(out, q)
	}
	return out, nil
}
