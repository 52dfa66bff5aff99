package importers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/importers/slack"
)

// Counts say what came in, or in a dry run what would.
type Counts struct {
	People int64 `json:"people"`
	Spaces int64 `json:"spaces"`
	spaces.ImportCount
}

func (c Counts) plus(d Counts) Counts {
	c.People += d.People
	c.Spaces += d.Spaces
	c.Threads += d.Threads
	c.Posts += d.Posts
	c.Edits += d.Edits
	c.Reactions += d.Reactions
	c.Pins += d.Pins
	c.Files += d.Files
	return c
}

// Summary is what there is to say about an import.
type Summary struct {
	Counts
	DryRun      bool           `json:"dry_run"`
	PeopleKnown int64          `json:"people_known" doc:"People of the export who were here already."`
	Skipped     []slack.Reason `json:"skipped" nullable:"false" doc:"In the export, and left out or changed."`
	Missing     []slack.Reason `json:"missing" nullable:"false" doc:"Not in the export."`
	Archive     slack.Report   `json:"archive"`
}

// Report is what an import brought, or in a dry run would bring, and what it left
// out and why. Its JSON form has it in words too, as text.
type Report struct{ Summary }

// ReportView is a report in the API.
type ReportView struct {
	Summary
	Words string `json:"text" doc:"The report in plain text."`
}

func (r *Report) of(a slack.Report, dry bool) {
	r.Archive, r.DryRun = a, dry
	r.Skipped, r.Missing = slices.Clone(a.LeftOut), slices.Clone(a.Missing)
	if r.Skipped == nil {
		r.Skipped = []slack.Reason{}
	}
	if r.Missing == nil {
		r.Missing = []slack.Reason{}
	}
}

const examples = 5

// skip counts something that does not come in as it is.
func (r *Report) skip(code, sentence, example string) {
	i := slices.IndexFunc(r.Skipped, func(x slack.Reason) bool { return x.Code == code })
	if i < 0 {
		i = len(r.Skipped)
		r.Skipped = append(r.Skipped, slack.Reason{Code: code, Sentence: sentence})
	}
	x := &r.Skipped[i]
	x.Count++
	if len(x.Examples) < examples && !slices.Contains(x.Examples, example) {
		x.Examples = append(slices.Clone(x.Examples), example)
	}
}

// MarshalJSON writes the report with its text.
func (r Report) MarshalJSON() ([]byte, error) { return json.Marshal(r.view()) }

func (r Report) view() ReportView { return ReportView{Summary: r.Summary, Words: r.Text()} }

// Text says the report in plain text, for a terminal.
func (r Report) Text() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if r.DryRun {
		say("Dry run: nothing was written. New here would be")
	} else {
		say("New here now")
	}
	say("  %8d people (%d more were here already)", r.People, r.PeopleKnown)
	say("  %8d spaces", r.Spaces)
	say("  %8d threads", r.Threads)
	say("  %8d posts", r.Posts)
	say("  %8d reactions, %d pins, %d files", r.Reactions, r.Pins, r.Files)
	if r.Edits > 0 {
		say("  %8d posts that were edited since an earlier import", r.Edits)
	}
	say("")
	a := r.Archive
	a.LeftOut, a.Missing = r.Skipped, r.Missing
	b.WriteString(a.String())
	return b.String()
}
