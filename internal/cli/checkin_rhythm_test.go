package cli

import (
	"reflect"
	"testing"
)

// Rhythms are read as people type them.
func TestRhythmsInWords(t *testing.T) {
	for _, c := range []struct {
		o    often
		want rhythm
	}{
		{often{every: "weekday"}, rhythm{Every: "day"}},
		{often{every: "working day", at: "end"}, rhythm{Every: "day", At: "end"}},
		{often{every: "mon, Wednesdays and fri"}, rhythm{Every: "day", Weekdays: []string{"mon", "wed", "fri"}}},
		{often{every: "2 weeks on tue", at: "16:00"}, rhythm{Every: "week", N: 2, Weekdays: []string{"tue"}, At: "clock", Clock: "16:00"}},
		{often{every: "other week", on: "thursday"}, rhythm{Every: "week", N: 2, Weekdays: []string{"thu"}}},
		{often{on: "last fri"}, rhythm{Every: "month", Nth: -1, Weekdays: []string{"fri"}}},
		{often{every: "3 months", on: "the first mon", at: "30m after start"}, rhythm{Every: "month", N: 3, Nth: 1, Weekdays: []string{"mon"}, At: "start", Minutes: 30}},
		{often{once: "2026-12-01", at: "15m before the end"}, rhythm{Every: "once", From: "2026-12-01", At: "end", Minutes: 15}},
		{often{every: "week on fri", from: "2026-12-01", until: "2027-01-01"}, rhythm{Every: "week", Weekdays: []string{"fri"}, From: "2026-12-01", Until: "2027-01-01"}},
	} {
		if got, err := c.o.over(rhythm{}); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: %+v, %v; want %+v", c.o, got, err, c.want)
		}
	}
	for _, o := range []often{
		{every: "now and then"},
		{every: "monkey"},
		{every: "3 days"},
		{every: "week"},
		{every: "month on fri"},
		{every: "week on the last fri"},
		{once: "tomorrow"},
		{once: "2026-12-01", every: "weekday"},
		{every: "weekday", at: "noon"},
		{at: "30m before start"},
		{from: "soon"},
	} {
		if got, err := o.over(rhythm{}); err == nil {
			t.Errorf("%+v is read as %+v", o, got)
		}
	}
}

// Only what was said changes in a rhythm that is there.
func TestRhythmsChangeInPart(t *testing.T) {
	had := rhythm{Every: "week", N: 2, Weekdays: []string{"tue"}, From: "2026-11-03", At: "clock", Clock: "09:30"}
	got, err := often{at: "end"}.over(had)
	want := had
	want.At, want.Clock = "end", ""
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = often{every: "weekday"}.over(had)
	if err != nil || !reflect.DeepEqual(got, rhythm{Every: "day", From: "2026-11-03", At: "clock", Clock: "09:30"}) {
		t.Errorf("%+v, %v", got, err)
	}
}

// Questions are read as people type them, and one that is asked on keeps its key.
func TestQuestionsInWords(t *testing.T) {
	had := []question{{Key: "did", Kind: "text", Text: "What did you do?"}}
	got, err := questionsFrom([]string{"text: What did you do?", "choice!: How was it? | good | bad", "number: Tickets? | pieces", "of_week", "What next: now?"}, had)
	want := []question{
		{Key: "did", Kind: "text", Text: "What did you do?"},
		{Kind: "choice", Text: "How was it?", Choices: []string{"good", "bad"}, Required: true},
		{Kind: "number", Text: "Tickets?", Unit: "pieces"},
		{Kind: "of_week"},
		{Kind: "text", Text: "What next: now?"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"text:", "choice: One? | only", "mood: How? | fine"} {
		if got, err := questionsFrom([]string{bad}, nil); err == nil {
			t.Errorf("%q is read as %+v", bad, got)
		}
	}
}
