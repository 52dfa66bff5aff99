package checkins

import (
	"context"
	"math"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// participation is the figure of how many of those asked answered, in percent.
const participation = "_answered"

// Figure is one value of one whole week of a team of five or more.
type Figure struct {
	Week     string // its Monday
	Question string // the key of a question; empty for participation in percent
	Value    float64
}

// weekTx counts the week that is over for everybody by now. What it counts is kept and
// never counted again: nobody can tell one person's answer from what a later answer,
// an edit, or a change of the team does to a figure.
func (s *Service) weekTx(ctx context.Context, tx *db.Tx, c Checkin, d due) error {
	week := dateIn(d.atOf(tx.Now)).AddDays(-7)
	list, err := turnsBetween(ctx, tx, tx.Workspace, c.ID, week.String(), week.AddDays(6).String())
	if err != nil {
		return err
	}
	for _, f := range weekFigures(c.Questions.V, list) {
		f.Week = week.String()
		if err := putFigure(ctx, tx, c.ID, f); err != nil {
			return err
		}
	}
	next := clock.At(midnight(week).AddDate(0, 0, 14).Add(settles))
	if c.State == Ended && len(list) == 0 {
		next = 0
	}
	return putDue(ctx, tx, dueWeek, c.ID, d.Ref, next)
}

// atOf is the Monday after the week that is to be counted.
func (d due) atOf(now clock.Instant) clock.Instant {
	at := d.At
	if at.IsZero() {
		at = now
	}
	return clock.At(midnight(monday(dateIn(at.Add(-settles)))))
}

// weekFigures are the figures of one week, in hundredths: each person counts once, with
// the mean of their answers, and there are at least five of them.
func weekFigures(questions []Question, list []Turn) (out []figure) {
	asked, answered := map[id.ID]bool{}, 0
	turns := 0
	for _, t := range list {
		if t.State == Skipped {
			continue
		}
		asked[t.Person] = true
		turns++
		if t.State == Answered {
			answered++
		}
	}
	if len(asked) >= fewest {
		out = append(out, figure{Question: participation, Value: int64(math.Round(float64(answered) / float64(turns) * 100 * 100))})
	}
	for _, q := range questions {
		if v, ok := q.mean(list); ok {
			out = append(out, figure{Question: q.Key, Value: v})
		}
	}
	return out
}

// mean is the mean of the people's means, in hundredths. That of moods is rounded to
// halves and kept off the ends: a mean of 5 would say of each of five what they answered,
// while 4.5 and more leaves room for one who had a hard week.
func (q Question) mean(list []Turn) (int64, bool) {
	sums, counts := map[id.ID]float64{}, map[id.ID]float64{}
	for _, t := range list {
		asked, ok := byKey(t.Questions.V, q.Key)
		if !ok || asked.Kind != q.Kind {
			continue
		}
		for _, a := range t.Answers.V {
			if v, ok := a.value(); ok && a.Question == q.Key {
				sums[t.Person] += v
				counts[t.Person]++
			}
		}
	}
	if len(sums) < fewest {
		return 0, false
	}
	total := 0.0
	for p, sum := range sums {
		total += sum / counts[p]
	}
	mean := total / float64(len(sums))
	if q.Kind == Mood {
		mean = min(max(math.Round(mean*2)/2, worstMood), bestMood)
	}
	return int64(math.Round(mean * 100)), true
}

// The ends of what is told of moods.
const (
	worstMood = 1.5
	bestMood  = 4.5
)

// value is an answer as a number.
func (a Answer) value() (float64, bool) {
	switch {
	case a.Number != nil:
		return *a.Number, true
	case a.Yes != nil && *a.Yes:
		return 1, true
	case a.Yes != nil:
		return 0, true
	}
	return 0, false
}

// figuresShown is how far back figures go.
const figuresShown = 2 * 365 * 24 * time.Hour

// Figures lists the figures of a check-in in order of weeks.
func (s *Service) Figures(ctx context.Context, q db.Queryer, a actor.Actor, checkin id.ID) (Checkin, []Figure, error) {
	c, err := s.find(ctx, q, a, checkin)
	if err != nil {
		return c, nil, err
	}
	rows, err := figuresOf(ctx, q, a.Workspace, c.ID, dateIn(s.now().Add(-figuresShown)).String())
	out := []Figure{}
	for _, f := range rows {
		if f.Question == participation {
			f.Question = ""
		}
		out = append(out, Figure{Week: f.Week, Question: f.Question, Value: float64(f.Value) / 100})
	}
	return c, out, err
}
