package checkins

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

type checkinTurnIn struct {
	Turn string `path:"turn"`
}

func (s *Service) getTurn(ctx context.Context, in *checkinTurnIn) (*web.Out[CheckinTurn], error) {
	a, x, err := on(ctx, "turn", in.Turn)
	if err != nil {
		return nil, err
	}
	return s.turnOut(ctx, a, x)
}

func (s *Service) turnOut(ctx context.Context, a actor.Actor, x id.ID) (*web.Out[CheckinTurn], error) {
	c, t, err := s.turn(ctx, s.db, a, x)
	if err != nil {
		return nil, err
	}
	v, err := s.turnView(ctx, a, c, t)
	return &web.Out[CheckinTurn]{Body: v}, err
}

type checkinDraftIn struct {
	Turn string `path:"turn"`
	Body struct {
		Answers []CheckinAnswer `json:"answers" maxItems:"20" nullable:"false"`
	}
}

func (s *Service) putDraft(ctx context.Context, in *checkinDraftIn) (*web.Out[CheckinTurn], error) {
	a, x, err := on(ctx, "turn", in.Turn)
	if err != nil {
		return nil, err
	}
	if _, err := s.Keep(ctx, a, x, answersIn(in.Body.Answers)); err != nil {
		return nil, err
	}
	return s.turnOut(ctx, a, x)
}

// CheckinNewBlocker is something that whoever answers waits for.
type CheckinNewBlocker struct {
	Words  string `json:"words" maxLength:"2000"`
	Person string `json:"person,omitempty" doc:"Whom you wait for: they are asked in the check-in's thread, where everybody reads it."`
	What   string `json:"what,omitempty" maxLength:"2000" doc:"Or what."`
	Window string `json:"window,omitempty" maxLength:"20" doc:"How long they may take; the check-in's when empty."`
}

type checkinAnswerIn struct {
	Turn string `path:"turn"`
	Body struct {
		Answers  []CheckinAnswer     `json:"answers,omitempty" maxItems:"20"`
		Nothing  bool                `json:"nothing,omitempty" doc:"Nothing to say, and that is fine."`
		Blockers []CheckinNewBlocker `json:"blockers,omitempty" maxItems:"10" doc:"New ones; those named before stay."`
	}
}

func (s *Service) putAnswer(ctx context.Context, in *checkinAnswerIn) (*web.Out[CheckinTurn], error) {
	a, x, err := on(ctx, "turn", in.Turn)
	if err != nil {
		return nil, err
	}
	g := Given{Answers: answersIn(in.Body.Answers), Nothing: in.Body.Nothing}
	for _, b := range in.Body.Blockers {
		n := NewBlocker{Words: b.Words, What: b.What, Window: b.Window}
		if b.Person != "" {
			if n.Person, err = id.Decode("per", b.Person); err != nil {
				return nil, err
			}
		}
		g.Blockers = append(g.Blockers, n)
	}
	if _, err := s.Answer(ctx, a, x, g); err != nil {
		return nil, err
	}
	return s.turnOut(ctx, a, x)
}

func (s *Service) deleteAnswer(ctx context.Context, in *checkinTurnIn) (*web.Out[CheckinTurn], error) {
	return s.did(ctx, in.Turn, s.Withdraw)
}

func (s *Service) postSkip(ctx context.Context, in *struct {
	Turn string `path:"turn"`
	Body *struct{}
},
) (*web.Out[CheckinTurn], error) {
	return s.did(ctx, in.Turn, s.Skip)
}

func (s *Service) did(ctx context.Context, turn string, do func(context.Context, actor.Actor, id.ID) error) (*web.Out[CheckinTurn], error) {
	a, x, err := on(ctx, "turn", turn)
	if err != nil {
		return nil, err
	}
	if err := do(ctx, a, x); err != nil {
		return nil, err
	}
	return s.turnOut(ctx, a, x)
}

type answersQuery struct {
	Checkin string `path:"checkin"`
	Person  string `query:"person" maxLength:"64"`
	After   string `query:"after" maxLength:"100"`
	Limit   int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

func (s *Service) getAnswers(ctx context.Context, in *answersQuery) (*web.Out[web.Page[CheckinEntry]], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	var person id.ID
	if in.Person != "" {
		if person, err = id.Decode("per", in.Person); err != nil {
			return nil, err
		}
		if _, err := s.people.Find(ctx, s.db, a, person); err != nil {
			return nil, err
		}
	}
	at, turn, err := readAfter(in.After)
	if err != nil {
		return nil, err
	}
	list, last, more, err := s.Answers(ctx, s.db, a, x, person, at, turn, in.Limit)
	if err != nil {
		return nil, err
	}
	c, err := s.find(ctx, s.db, a, x)
	if err != nil {
		return nil, err
	}
	v, err := s.lookUp(ctx, s.db, a, c, list, nil)
	page := web.Page[CheckinEntry]{Items: v.entries(list)}
	if more {
		page.Next = writeAfter(last)
	}
	return &web.Out[web.Page[CheckinEntry]]{Body: page}, err
}

// writeAfter names the place of an answer in the list.
func writeAfter(t Turn) string {
	return strconv.FormatInt(int64(t.PublishedAt), 10) + "." + id.Encode("turn", t.ID)
}

func readAfter(after string) (clock.Instant, id.ID, error) {
	if after == "" {
		return 0, id.ID{}, nil
	}
	n, ref, _ := strings.Cut(after, ".")
	at, err := strconv.ParseInt(n, 10, 64)
	turn, bad := id.Decode("turn", ref)
	if err != nil || bad != nil || at <= 0 {
		return 0, id.ID{}, fault.New(fault.Invalid, "bad_cursor", "This list cannot go on from there; read it from the beginning.").At("after")
	}
	return clock.Instant(at), turn, nil
}

// CheckinExport is a table of answers.
type CheckinExport struct {
	Name string `json:"name" doc:"Of the file."`
	CSV  string `json:"csv"`
}

// mostExported is how many answers an export holds, the newest of them.
const mostExported = 10_000

func (s *Service) getExport(ctx context.Context, in *checkinIn) (*web.Out[CheckinExport], error) {
	a, x, err := on(ctx, "chk", in.Checkin)
	if err != nil {
		return nil, err
	}
	list, _, _, err := s.Answers(ctx, s.db, a, x, id.ID{}, 0, id.ID{}, mostExported)
	if err != nil {
		return nil, err
	}
	c, err := s.find(ctx, s.db, a, x)
	if err != nil {
		return nil, err
	}
	v := shown{reader: a}
	var who []id.ID
	for _, t := range list {
		who = append(who, t.Person)
	}
	if v.refs, err = s.refsOf(ctx, a, who); err != nil {
		return nil, err
	}
	text, err := v.table(list)
	return &web.Out[CheckinExport]{Body: CheckinExport{Name: c.Name + ".csv", CSV: text}}, err
}

// table writes a line for each answer to a question.
func (v shown) table(list []Turn) (string, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"date", "person", "published_at", "late", "edited", "question", "answer"}}
	for _, t := range list {
		e := v.entry(t)
		row := []string{e.Date, e.Person.Name, t.PublishedAt.String(), strconv.FormatBool(e.Late), strconv.FormatBool(e.EditedAt != nil)}
		if e.Nothing {
			rows = append(rows, append(row, "", "nothing to say"))
		}
		for _, said := range e.Said {
			rows = append(rows, append(append([]string{}, row...), said.Asked, Answer(said.CheckinAnswer).Words()))
		}
	}
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(row[i])
		}
	}
	err := w.WriteAll(rows)
	return b.String(), err
}

// harmless keeps a spreadsheet from taking words for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		if _, err := strconv.ParseFloat(cell, 64); err != nil {
			return "'" + cell
		}
	}
	return cell
}
