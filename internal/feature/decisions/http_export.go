package decisions

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

func (s *Service) routesExport(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions/export", ID: "exportDecisions", Summary: "The register as a file, by the filters of the list.", Tag: tag}, s.exportList)
	web.Handle(api, web.Op{Method: "GET", Path: "/decisions/{decision}/export", ID: "exportDecision", Summary: "A decision with its ballots as a file, as far as they are open to you.", Tag: tag}, s.exportOne)
}

// File is a file that is answered.
type File struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func fileOf(name, format string, body []byte) *File {
	kind := map[string]string{"csv": "text/csv; charset=utf-8", "json": "application/json", "md": "text/markdown; charset=utf-8"}[format]
	return &File{Type: kind, Disposition: `attachment; filename="` + name + "." + format + `"`, Body: body}
}

const mostExported = 10_000

type exportListIn struct {
	Filter
	Format string `query:"format" enum:"csv,json" default:"csv"`
}

func (s *Service) exportList(ctx context.Context, in *exportListIn) (*File, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	w, err := in.wanted(s.now())
	if err != nil {
		return nil, err
	}
	var all []DecisionLine
	for len(all) < mostExported {
		list, more, err := s.List(ctx, a, w, 200)
		if err != nil {
			return nil, err
		}
		lines, err := s.linesOut(ctx, a, list)
		if err != nil {
			return nil, err
		}
		for i := range lines {
			lines[i].Outcome = list[i].Outcome // in full
		}
		if all = append(all, lines...); !more {
			break
		}
		w.After = list[len(list)-1].ID
	}
	if in.Format == "json" {
		b, err := json.MarshalIndent(web.Page[DecisionLine]{Items: all}, "", "  ")
		return fileOf("decisions", in.Format, b), err
	}
	rows := [][]string{{"id", "title", "kind", "state", "space", "maker", "decider", "opened", "ends", "closed", "decided", "review", "entitled", "voted", "outcome", "superseded by"}}
	for _, l := range all {
		rows = append(rows, []string{
			l.ID, l.Title, l.Kind, l.State, l.Space.Name, l.Maker.Name, l.Decider.Name, stamp(l.OpenedAt), stamp(l.EndsAt), stamp(l.ClosedAt), stamp(l.DecidedAt),
			stamp(l.ReviewAt), strconv.FormatInt(l.Entitled, 10), strconv.FormatInt(l.Voted, 10), l.Outcome, l.SupersededBy,
		})
	}
	b, err := table(rows)
	return fileOf("decisions", in.Format, b), err
}

type exportOneIn struct {
	Decision string `path:"decision"`
	Format   string `query:"format" enum:"csv,json,markdown" default:"csv" doc:"As Markdown: what was asked and what came of it, with how many voted for what and without the single ballots."`
}

// Exported is a decision with all that is open to its reader.
type Exported struct {
	Decision DecisionView `json:"decision"`
	Voters   []VoterView  `json:"voters"`
	Ballots  []BallotView `json:"ballots"`
	Opened   []MarksView  `json:"opened"`   // of an anonymous decision that has ended, in the order of their text
	Receipts []string     `json:"receipts"` // codes, in the order of their letters
}

func (s *Service) exportOne(ctx context.Context, in *exportOneIn) (*File, error) {
	a, x, err := on(ctx, in.Decision)
	if err != nil {
		return nil, err
	}
	v, err := s.See(ctx, a, x)
	if err != nil {
		return nil, err
	}
	out := Exported{Voters: []VoterView{}, Ballots: []BallotView{}}
	if out.Decision, err = s.view(ctx, a, v); err != nil {
		return nil, err
	}
	if in.Format == "markdown" {
		mine, err := s.people.Hours(ctx, s.db, a.Workspace, a.Person)
		return fileOf(out.Decision.ID, "md", []byte(v.page(out.Decision, s.origin, mine))), err
	}
	voters, _, err := s.Voters(ctx, a, x, id.ID{}, mostEntitled)
	if err != nil {
		return nil, err
	}
	ballots, _, err := s.Ballots(ctx, a, x, id.ID{}, mostEntitled)
	if err != nil {
		return nil, err
	}
	var named []id.ID
	for _, one := range voters {
		named = append(named, one.Person)
	}
	for _, b := range ballots {
		named = append(named, b.Person, b.MovedBy)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, named)
	if err != nil {
		return nil, err
	}
	for _, one := range voters {
		out.Voters = append(out.Voters, one.view(who))
	}
	for _, b := range ballots {
		out.Ballots = append(out.Ballots, b.view(who))
	}
	if err := s.exportOpened(ctx, a, x, &out); err != nil {
		return nil, err
	}
	name := out.Decision.ID
	if in.Format == "json" {
		b, err := json.MarshalIndent(out, "", "  ")
		return fileOf(name, in.Format, b), err
	}
	for _, m := range out.Opened {
		out.Ballots = append(out.Ballots, BallotView{Marks: m})
	}
	b, err := table(v.ballotRows(out.Ballots))
	return fileOf(name, in.Format, b), err
}

// ballotRows has a line for each ballot, and a column for each option.
func (d *Decision) ballotRows(list []BallotView) [][]string {
	head := []string{"person", "choice"}
	for _, o := range d.Options.V {
		head = append(head, o.Key+" "+o.Name)
	}
	rows := [][]string{append(head, "reason", "cast", "changed", "moved by", "moved why")}
	for _, b := range list {
		choice := b.Marks.Choice
		if b.Marks.Abstain {
			choice = "abstain"
		}
		row := []string{b.Person.Name, choice}
		for _, o := range d.Options.V {
			row = append(row, b.Marks.of(o.Key))
		}
		by := ""
		if b.MovedBy != nil {
			by = b.MovedBy.Name
		}
		rows = append(rows, append(row, b.Marks.words(d), stamp(&b.CastAt), stamp(&b.ChangedAt), by, b.MovedWhy))
	}
	return rows
}

// of is what is marked for one option: points, a place, or x.
func (m MarksView) of(key string) string {
	if n, ok := m.Scores[key]; ok {
		return strconv.Itoa(n)
	}
	for i, group := range m.Ranking {
		for _, k := range group {
			if k == key {
				return strconv.Itoa(i + 1)
			}
		}
	}
	if m.Choice == key || oneOf(key, m.Approved...) {
		return "x"
	}
	return ""
}

// words are all reasons of a ballot.
func (m MarksView) words(d *Decision) string {
	parts := []string{}
	if m.Reason != "" {
		parts = append(parts, m.Reason)
	}
	for _, o := range d.Options.V {
		if r := m.Reasons[o.Key]; r != "" {
			parts = append(parts, o.Name+": "+r)
		}
	}
	return strings.Join(parts, "\n")
}

func stamp(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return clock.At(*t).Time().Format(time.RFC3339)
}

// table writes CSV. A cell that a spreadsheet would take for a formula is quoted.
func table(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, r := range rows {
		for i, cell := range r {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				r[i] = "'" + cell
			}
		}
		if err := w.Write(r); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
