package attention_test

import (
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

func (y *year) newThread() spaces.NewThread {
	return spaces.NewThread{Space: y.space, Title: "Something"}
}

type told struct {
	AskID    id.ID
	PersonID id.ID
	At       clock.Instant
}

// checkOnce compares what was delivered with what the asks say at the end of the
// year: each addressee was told once, at the moment at which they were reached, or
// never, when they need not act any more by then.
func (y *year) checkOnce() {
	ctx, now := y.T.Context(), y.Clock.Now()
	list, err := db.All[told](ctx, y.DB, `
		SELECT d.ask_id, d.person_id, g.at FROM attention_deliveries d
		JOIN attention_digests g ON g.workspace_id = d.workspace_id AND g.id = d.digest_id
		WHERE d.workspace_id = $1 AND d.kind = 'asked' AND d.state = 'planned' AND g.at > 0`, y.WS)
	y.Must(err)
	got := map[[2]id.ID][]clock.Instant{}
	for _, r := range list {
		k := [2]id.ID{r.AskID, r.PersonID}
		got[k] = append(got[k], r.At)
	}
	for _, x := range y.open {
		ask, err := y.Asks.Ask(ctx, y.DB, actor.System(y.WS), x)
		y.Must(err)
		for _, o := range ask.Owed {
			y.checkOwed(ask.Urgency, o, got[[2]id.ID{x, o.PersonID}], now)
		}
	}
	for what, text := range map[string]string{
		"digests that are overdue": `SELECT COUNT(*) AS n FROM attention_digests WHERE at = 0 AND deliver_at <= $1`,
		"deliveries without a digest": `SELECT COUNT(*) AS n FROM attention_deliveries d WHERE state = 'planned' AND asked_at <= $1 AND NOT EXISTS (
			SELECT 1 FROM attention_digests g WHERE g.workspace_id = d.workspace_id AND g.id = d.digest_id AND g.person_id = d.person_id AND (g.urgency = 'urgent') = (d.urgency = 'urgent'))`,
		"digests without a delivery": `SELECT COUNT(*) AS n FROM attention_digests g WHERE g.at > 0 AND g.at <= $1 AND NOT EXISTS (
			SELECT 1 FROM attention_deliveries d WHERE d.workspace_id = g.workspace_id AND d.digest_id = g.id AND d.state = 'planned')`,
		"digests that should have been one": `SELECT COUNT(*) AS n FROM (
			SELECT person_id FROM attention_digests WHERE at > 0 AND at <= $1 AND urgency <> 'urgent' GROUP BY person_id, at HAVING COUNT(*) > 1) AS twice`,
	} {
		n, _, err := db.One[int64](ctx, y.DB, text, int64(now))
		y.Must(err)
		if n != 0 {
			y.T.Errorf("%d %s, want none", n, what)
		}
	}
}

func (y *year) checkOwed(u worktime.Urgency, o asks.Owed, got []clock.Instant, now clock.Instant) {
	if u == worktime.Soon && len(got) == 1 && got[0] > o.Reach && got[0].Sub(o.Reach) <= 5*time.Minute {
		got[0] = o.Reach // it came with a digest nearby
	}
	reached := o.Reach != 0 && o.Reach <= now && (o.Open() || o.ChangedAt > o.Reach)
	switch {
	case len(got) > 1:
		y.T.Errorf("%s was told of %s %d times", o.PersonID, o.AskID, len(got))
	case reached && (len(got) != 1 || got[0] != o.Reach):
		y.T.Errorf("%s was told of %s at %v, want once at %s (state %s, changed %s)", o.PersonID, o.AskID, got, o.Reach, o.State, o.ChangedAt)
	case !reached && len(got) == 1 && o.Reach != got[0]:
		y.T.Errorf("%s was told of %s at %s, though it %s before it reached them at %s", o.PersonID, o.AskID, got[0], o.State, o.Reach)
	}
}
