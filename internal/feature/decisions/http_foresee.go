package decisions

import (
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
)

// PreviewView is what would come of opening a decision.
type PreviewView struct {
	From     time.Time       `json:"from"`
	EndsAt   *time.Time      `json:"ends_at" doc:"Null when nobody has any hours in sight."`
	People   []OutlookView   `json:"people" nullable:"false"`
	Without  *WithoutEndView `json:"without" doc:"Leaving one person out would bring the end forward by a day or more."`
	Warnings []string        `json:"warnings" nullable:"false"`
}

// OutlookView is one of those who would be entitled.
type OutlookView struct {
	Person  people.PersonRef `json:"person"`
	Guest   bool             `json:"guest"`
	ShareAt *time.Time       `json:"share_at" doc:"When they have had their share of hours."`
	Minutes int64            `json:"minutes" doc:"Of their working time before the end."`
	Outside bool             `json:"outside_hours" doc:"The end falls outside their hours."`
	Unfair  bool             `json:"unfair" doc:"Of a fixed end: less than half of the working time that somebody else has."`
	Week    int64            `json:"week_minutes" doc:"That they work in the first seven days, holidays and absences aside."`
	Short   bool             `json:"short_hours" doc:"They work so little in a week that it makes their share take long."`
	Off     []OffView        `json:"off" nullable:"false"`
	Why     []string         `json:"why" nullable:"false" doc:"In words, on your clock: what makes their share take long."`
}

// OffView is a holiday or an absence before the end.
type OffView struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Absence bool      `json:"absence"`
	Name    string    `json:"name,omitempty" doc:"Of a holiday."`
	Minutes int64     `json:"minutes" doc:"Of the working time that it takes."`
	Longer  bool      `json:"longer" doc:"It makes their share take longer: it takes working time before they have it."`
}

// WithoutEndView says that leaving one person out brings the end forward.
type WithoutEndView struct {
	Person people.PersonRef `json:"person"`
	EndsAt time.Time        `json:"ends_at"`
}

func (p Preview) view(now clock.Instant) PreviewView {
	out := PreviewView{From: p.From.Time(), EndsAt: p.EndsAt.Pointer(), People: []OutlookView{}, Warnings: p.Warnings}
	if out.Warnings == nil {
		out.Warnings = []string{}
	}
	most := time.Duration(0)
	for _, o := range p.People {
		most = max(most, o.Hours)
	}
	for _, o := range p.People {
		one := OutlookView{Person: o.Person.Ref(now), Guest: o.Guest, ShareAt: o.Share.Pointer(), Minutes: int64(o.Hours / time.Minute), Outside: o.Outside, Unfair: o.Unfair(most), Week: int64(o.Week / time.Minute), Short: o.Short(), Off: []OffView{}, Why: o.Why(localTo(p.mine))}
		if one.Why == nil {
			one.Why = []string{}
		}
		for _, f := range o.Off {
			one.Off = append(one.Off, OffView{f.From.Time(), f.To.Time(), f.Absence, f.Name, int64(f.Takes / time.Minute), o.counts(f)})
		}
		out.People = append(out.People, one)
		if p.Without != nil && p.Without.Person == o.Person.ID {
			out.Without = &WithoutEndView{one.Person, p.Without.EndsAt.Time()}
		}
	}
	return out
}
