package decisions

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/meantime/tally"
	"example.org/meantime/worktime"
)

// page is a decision as a page of Markdown, as far as it is open to its reader: what was
// asked, what came of it and why, what spoke against it, how it was counted, and where it
// is found. Times are on the reader's clock.
func (v *Seen) page(d DecisionView, origin string, mine *worktime.Schedule) string {
	p := &page{v: v, d: d, mine: mine}
	p.say("# " + escaped(d.Title))
	p.say(p.state())
	p.outcome()
	if d.Context != "" {
		p.say("## What was asked")
		p.say(d.Context)
	}
	p.options()
	p.objections()
	p.counts()
	p.say("<" + origin + v.Path() + ">")
	return strings.Join(p.out, "\n\n") + "\n"
}

type page struct {
	v    *Seen
	d    DecisionView
	mine *worktime.Schedule
	out  []string
}

func (p *page) say(block string) {
	if block = strings.TrimSpace(block); block != "" {
		p.out = append(p.out, block)
	}
}

func (p *page) list(lines []string) { p.say(strings.Join(lines, "\n")) }

func (p *page) when(t time.Time) string {
	if p.mine != nil {
		t = t.In(p.mine.Zone(t))
	}
	return t.Format("Monday, 2 January 2006 15:04 MST")
}

// state says in a line where it stands.
func (p *page) state() string {
	d := p.d
	by := " Asked by " + escaped(d.Maker.Name) + "; " + escaped(d.Decider.Name) + " decides."
	switch State(d.State) {
	case Open:
		if d.EndsAt != nil {
			return "Open until " + p.when(*d.EndsAt) + "." + by
		}
	case Closed:
		return "Ended; the outcome is to be written." + by
	case Withdrawn:
		return "Called off. " + escaped(d.EndedWhy) + by
	case Decided, stateSuperseded:
		line := "Decided " + p.when(d.Decided.At) + " by " + escaped(d.Decided.By.Name) + "."
		if d.ReplacedBy != nil {
			line += " Replaced by “" + escaped(d.ReplacedBy.Title) + "”."
		}
		return line
	}
	return "A draft." + by
}

func (p *page) outcome() {
	out := p.d.Decided
	if out == nil {
		return
	}
	p.say("## Outcome")
	var chosen []string
	for _, k := range out.Chosen {
		chosen = append(chosen, "**"+p.name(k)+"**")
	}
	p.say(strings.Join(chosen, ", "))
	if out.Differs {
		p.say("This is not what was counted.")
	}
	p.say(out.Markdown)
	if out.Reason != "" {
		p.say("### Why")
		p.say(out.Reason)
	}
	if out.Dissent != "" {
		p.say("### What spoke against it")
		p.say(out.Dissent)
	}
	if out.ReviewAt != nil {
		p.say("To be looked at again on " + p.when(*out.ReviewAt) + ".")
	}
}

func (p *page) options() {
	if len(p.d.Options) == 0 {
		return
	}
	p.say("## Options")
	var lines []string
	for _, o := range p.d.Options {
		line := "- " + p.name(o.Key)
		if o.Meaning != "" {
			line += ": " + strings.Join(strings.Fields(o.Meaning), " ")
		}
		lines = append(lines, line)
	}
	p.list(lines)
}

func (p *page) objections() {
	if len(p.d.Objections) == 0 {
		return
	}
	p.say("## Objections")
	var lines []string
	for _, o := range p.d.Objections {
		line := "- " + escaped(o.Person.Name) + " (" + o.State + "): " + strings.Join(strings.Fields(o.Words), " ")
		if o.Settlement != "" {
			line += "\n  " + strings.Join(strings.Fields(o.Settlement), " ")
		}
		lines = append(lines, line)
	}
	p.list(lines)
}

// name is what an option is called; a time also by the reader's clock.
func (p *page) name(key string) string {
	for _, o := range p.d.Options {
		if o.Key != key {
			continue
		}
		if o.Start != nil && strings.HasSuffix(o.Name, " UTC") {
			return p.when(*o.Start)
		}
		return escaped(o.Name)
	}
	return map[string]string{"agree": "Consent", "concern": "Consent, with a concern", "objection": "Object", "abstain": "Abstain"}[key]
}

// counts says how many took part, and how many voted for what.
func (p *page) counts() {
	d := p.d
	if d.OpenedAt == nil {
		return
	}
	p.say("## How it was counted")
	p.say(fmt.Sprintf("%d of %d had their say.", d.Voted, d.Entitled))
	switch {
	case d.Hidden != "":
		p.say("How it stands is hidden still.")
	case d.Result == nil:
	case d.Result.Unopened != "":
		p.say("The ballots were not opened, and nothing was counted.")
	case len(d.Result.Count.Figures) > 0:
		p.table(d.Result.Count)
		p.say(spreadWords(d.Result.Spread))
	}
}

func (p *page) table(c tally.Result) {
	rank := map[string]int{}
	for _, place := range c.Places {
		for _, o := range place.Options {
			rank[o] = place.Rank
		}
	}
	list := slices.Clone(c.Figures)
	slices.SortStableFunc(list, func(a, b tally.Figure) int { return cmp.Compare(rank[a.Option], rank[b.Option]) })
	what := map[Kind]string{Score: "Points", Dots: "Dots", Time: "Can", Ranked: "First places"}[p.v.Kind]
	if what == "" {
		what = "Votes"
	}
	first := p.v.Kind == Ranked && p.v.Rules.V.Method != Borda
	if p.v.Kind == Ranked && !first {
		what = "Points"
	}
	ranked := len(rank) > 0 && p.v.Kind != Consent
	lines := []string{"| | " + what + " |", "|---|--:|"}
	if ranked {
		lines = []string{"| Place | | " + what + " |", "|--:|---|--:|"}
	}
	for _, f := range list {
		n := f.Total
		if first {
			n = f.Votes
		}
		line := "| "
		if ranked {
			line += strconv.Itoa(rank[f.Option]) + " | "
		}
		lines = append(lines, line+strings.ReplaceAll(p.name(f.Option), "|", `\|`)+" | "+strconv.FormatFloat(n, 'f', -1, 64)+" |")
	}
	p.list(lines)
}

// spreadWords says whether people agree; nothing of fewer than three.
func spreadWords(s *tally.Spread) string {
	if s == nil {
		return ""
	}
	return map[tally.Verdict]string{tally.Agreed: "People agree.", tally.Mixed: "Opinions are mixed.", tally.Split: "People are split."}[s.Verdict]
}
