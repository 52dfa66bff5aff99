package cli

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// People write numbers in many ways in the shell too; what cannot be read is said with
// the question and what it may be.
func TestAnswersFromWords(t *testing.T) {
	asked := []checkinQuestion{
		{Key: "done", Kind: "text", Text: "What?"},
		{Key: "mood", Kind: "mood", Text: "How?"},
		{Key: "tool", Kind: "choice", Text: "Which?", Choices: []string{"Threads", "Mail"}},
		{Key: "ok", Kind: "yes_no", Text: "All well?"},
	}
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"in order", []string{"It", "4", "mail", "Yes"}, ""},
		{"by number", []string{"4. no", "2. 3"}, ""},
		{"a mood in words", []string{"2. fine"}, "“How?” is answered with a number from 1 to 5, not “fine”. Nothing was published"},
		{"a choice that is none", []string{"3. Pigeons"}, "“Which?” is answered with one of: Threads, Mail; not “Pigeons”. Nothing was published"},
		{"perhaps", []string{"4. perhaps"}, "“All well?” is answered yes or no, not “perhaps”. Nothing was published"},
		{"too many", []string{"a", "1", "Mail", "yes", "more"}, "there are 4 questions and more answers than that; begin each with its number"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := answersFrom(asked, c.args)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// On the terminal what cannot be read is asked again, and nothing that was typed is lost.
func TestAskEachAsksAgain(t *testing.T) {
	var out bytes.Buffer
	e := &env{in: strings.NewReader("The lamp.\nfine\n4\n\n"), out: &out}
	got := e.askEach(checkinTurn{Questions: []checkinQuestion{
		{Key: "done", Kind: "text", Text: "What?"}, {Key: "mood", Kind: "mood", Text: "How?"}, {Key: "ok", Kind: "yes_no", Text: "All well?"},
	}})
	if !slices.Equal(got, []string{"1. The lamp.", "2. 4"}) || !strings.Contains(out.String(), "not “fine”. Once more, or leave it empty:") {
		t.Errorf("answers %q, and said:\n%s", got, out.String())
	}
}
