package checkins

import (
	"strings"
	"testing"

	"example.org/meantime/worktime"
)

var asked = []Question{
	{Key: "done", Kind: Text, Text: "What did you do?"},
	{Key: "mood", Kind: Mood, Text: "How was it?"},
	{Key: "ok", Kind: YesNo, Text: "All well?"},
	{Key: "stands", Kind: Health, Text: "How does it stand?"},
}

func TestReadReply(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"by number", "1. Did it\n2. 4\n3. yes\n4. at risk", "done=Did it mood=4 ok=yes stands=at risk"},
		{"some of them", "2) 5", "mood=5"},
		{"over lines", "1. One\ntwo\n\nthree\n3. No, not yet", "done=One\ntwo\n\nthree ok=no"},
		{"under the questions, quoted", "> 1. What did you do?\nThis\n> 2. How was it? (1 hard to 5 very good; seen by you alone)\n3", "done=This mood=3"},
		{"behind the questions", "1. What did you do? This\n2. How was it? 3", "done=This mood=3"},
		{"in order, by paragraphs", "This\nand that\n\n4\n\nyes\n\noff track", "done=This\nand that mood=4 ok=yes stands=off track"},
		{"in order, by lines", "This\n4\nyes\n1", "done=This mood=4 ok=yes stands=on track"},
		{"a list inside of an answer", "1. These:\n1. one\n2. 3", "done=These:\n1. one mood=3"},
		{"escaped and bold numbers", "1\\. This\n**2.** 3", "done=This mood=3"},
		{"a name below it", "1. This\n2. Good\n\nKofi", "done=This mood=4"},
		{"an empty one is left out", "1. -\n2. 2", "mood=2"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := readReply(asked, c.text)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, a := range got {
				out = append(out, a.Question+"="+a.Words())
			}
			if all := strings.Join(out, " "); all != c.want {
				t.Errorf("got %q, want %q", all, c.want)
			}
		})
	}
	_, err := readReply(asked, "1. x\n2. fine\n3. yes\n4. so so")
	for _, part := range []string{"“fine” cannot be read as an answer to question 2, “How was it?”. Write a number from 1 to 5.", "question 4", "on track, at risk, off track", "Nothing of it was published."} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("what is wrong twice is said as %v, without %q", err, part)
		}
	}
	for _, nothing := range []string{"Nothing", "nothing to say.\n\nKofi", "*Nothing today!*"} {
		if !saysNothing(nothing) {
			t.Errorf("%q says something", nothing)
		}
	}
}

// People write numbers in many ways. Of two numbers nobody knows which is meant, nor
// whether 1,500 is fifteen hundred.
func TestNumbersAsPeopleWriteThem(t *testing.T) {
	mood, hours, hill := Question{Kind: Mood}, Question{Kind: Number, Unit: "hours"}, Question{Kind: Hill}
	cases := []struct {
		q          Question
		said, want string
	}{
		{mood, "4", "4"},
		{mood, "Four.", "4"},
		{mood, "4/5", "4"},
		{mood, "a 3 out of 5", "3"},
		{mood, "Very good!", "5"},
		{mood, "All right", "3"},
		{mood, "6", ""},
		{mood, "between 3 and 4", ""},
		{mood, "fine", ""},
		{mood, "3.5", ""},
		{hours, "3,5 hours", "3.5"},
		{hours, "three hours", "3"},
		{hours, "about 12", "12"},
		{hours, "-2", "-2"},
		{hours, "1500", "1500"},
		{hours, "1,500", ""},
		{hours, "1.500", ""},
		{hours, "2 to 3", ""},
		{hours, "many", ""},
		{hours, "4/5", ""},
		{hours, "1,234,567", ""},
		{hill, "60 of 100", "60"},
		{hill, "60%", "60"},
		{hill, "120", ""},
		{hill, "twelve", "12"},
	}
	for _, c := range cases {
		a, ok := c.q.fromWords(c.said)
		if got := a.Words(); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%q to a %s is read as %q, %t; want %q", c.said, c.q.Kind, got, ok, c.want)
		}
	}
}

// Whatever comes by mail is read or refused, and what is read answers each question once.
func FuzzReadReply(f *testing.F) {
	for _, s := range []string{"1. a\n2. 3", "> 1. q\na", "nothing", "a\n\nb\n\nc\n\nd\n\ne", "99. x\n0. y", "\r\n1)\r\n2.\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, err := readReply(asked, text)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, a := range list {
			if seen[a.Question] || a.empty() {
				t.Fatalf("%q is read as %+v", text, list)
			}
			seen[a.Question] = true
		}
	})
}

func TestTheBankComesRound(t *testing.T) {
	seen := map[string]bool{}
	d := worktime.Date{Year: 1969, Month: 12, Day: 1}
	for range bank {
		seen[questionOf([16]byte{15: 9}, d)] = true
		if questionOf([16]byte{15: 9}, d) != questionOf([16]byte{15: 9}, monday(d)) {
			t.Error("a week has two questions")
		}
		d = d.AddDays(7)
	}
	if len(seen) != len(bank) {
		t.Errorf("%d of %d questions come in as many weeks", len(seen), len(bank))
	}
}
