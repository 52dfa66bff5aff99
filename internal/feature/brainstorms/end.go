package brainstorms

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// End ends a brainstorm for good, in whatever phase: its results stay, its thread is
// concluded with them, and what only it needed is forgotten: ballots, whose anonymous
// ideas were whose, ideas that nobody was shown. Markdown stands before the results.
func (s *Service) End(ctx context.Context, a actor.Actor, x id.ID, markdown string, sure bool) error {
	markdown, err := words(markdown, "markdown", longestPrompt)
	if err != nil {
		return err
	}
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		if err := at.leads(); err != nil {
			return err
		}
		if !at.b.Parent.IsZero() {
			return fault.New(fault.Conflict, "room", "A room ends when the rooms are brought together.")
		}
		if !sure {
			return fault.New(fault.Conflict, "sure", at.b.endWarning()+" Say that you are sure to end it.")
		}
		return s.endTx(ctx, tx, at, markdown)
	})
}

// endWarning says what ending means.
func (b *Brainstorm) endWarning() string {
	switch {
	case b.Phase == Collect:
		return "This brainstorm ends for good, and the ideas that were written are not revealed but deleted."
	case b.Settings.V.Anonymous:
		return "This brainstorm ends for good: nobody can claim an idea any more, and whose ideas are whose is forgotten."
	}
	return "This brainstorm ends for good. Its board stays to be read."
}

func (s *Service) endTx(ctx context.Context, tx *db.Tx, at *at, markdown string) error {
	b := at.b
	b.Version++
	ideas, err := s.keepResults(ctx, tx, b)
	if err != nil {
		return err
	}
	outcomes, err := loadOutcomes(ctx, tx, tx.Workspace, b.ID)
	if err != nil {
		return err
	}
	list, err := rooms(ctx, tx, tx.Workspace, b.ID)
	if err != nil {
		return err
	}
	for i := range list {
		if list[i].Phase != Ended {
			if err := s.closeRoom(ctx, tx, &list[i], "The brainstorm ended."); err != nil {
				return err
			}
		}
	}
	b.Conclusion = conclusion(b, markdown, ideas, outcomes)
	b.Phase, b.EndsAt, b.EndedAt, b.Secret, b.PhaseAt = Ended, 0, tx.Now, nil, tx.Now
	b.Settings.V.Rooms = ""
	b.PhaseN++
	b.Base = b.Version
	if err := s.asks.HeldOverTx(ctx, tx, b.thing(), "The brainstorm ended."); err != nil {
		return err
	}
	if err := forget(ctx, tx, b.ID); err != nil {
		return err
	}
	if err := s.forgetKey(ctx, tx, b, job.Options{}); err != nil {
		return err
	}
	told, err := s.toldOfEnd(ctx, tx, b)
	if err != nil {
		return err
	}
	event.Append(tx, event.New{Kind: EventEnded, Actor: at.a.Person, Subject: ref(b.ID), Space: b.Space, Thread: b.Thread, Concerns: told})
	if err := s.concludeThread(ctx, tx, at); err != nil {
		return err
	}
	return update(ctx, tx, b)
}

// toldOfEnd are those who took part. Who follows the thread hears from there what came of
// it, and is not told twice.
func (s *Service) toldOfEnd(ctx context.Context, tx *db.Tx, b *Brainstorm) (out []id.ID, err error) {
	follow, err := s.spaces.Followers(ctx, tx, tx.Workspace, b.Thread)
	for _, t := range b.People {
		if !slices.Contains(follow, t.Person) {
			out = append(out, t.Person)
		}
	}
	return out, err
}

// concludeThread concludes the thread with the outcome, unless somebody did already.
func (s *Service) concludeThread(ctx context.Context, tx *db.Tx, at *at) error {
	if at.thread.Concluded() {
		return nil
	}
	return s.spaces.ConcludeTx(ctx, tx, at.a, at.b.Thread, at.b.Conclusion)
}

// keepResults writes the results onto the ideas, if they were open, and gives the ideas
// that all have seen, best first.
func (s *Service) keepResults(ctx context.Context, tx *db.Tx, b *Brainstorm) ([]Idea, error) {
	list, err := loadIdeas(ctx, tx, tx.Workspace, b.ID, 0)
	if err != nil {
		return nil, err
	}
	ballots, err := loadBallots(ctx, tx, tx.Workspace, b.ID)
	if err != nil {
		return nil, err
	}
	results := map[id.ID]*IdeaResult{}
	if b.Phase == Act && len(ballots) > 0 && !b.Settings.V.Anonymous { // of those, what is told is written on the ideas
		if results, err = b.results(list, ballots); err != nil {
			return nil, err
		}
	}
	var out []Idea
	for _, i := range list {
		if !i.Shown || i.Deleted {
			continue
		}
		if r := results[i.ID]; r != nil {
			i.Result.V, i.Version = r, b.Version
			if err := putIdea(ctx, tx, i); err != nil {
				return nil, err
			}
		}
		if i.stands() {
			out = append(out, i)
		}
	}
	sortIdeas(out, func(i Idea) *IdeaResult { return i.Result.V })
	return out, nil
}

// sortIdeas puts the best first, or leaves the order of the board.
func sortIdeas(list []Idea, result func(Idea) *IdeaResult) {
	slices.SortStableFunc(list, func(x, y Idea) int {
		p, q := result(x), result(y)
		if p == nil || q == nil {
			return 0
		}
		return int(p.Rank - q.Rank)
	})
}

const mostTop = 10

// conclusion says what came of a brainstorm: words, the best ideas, what became of them.
func conclusion(b *Brainstorm, markdown string, ideas []Idea, outcomes []Outcome) string {
	var out strings.Builder
	if markdown != "" {
		out.WriteString(markdown + "\n\n")
	}
	switch {
	case len(ideas) == 0:
		out.WriteString("The brainstorm ended without ideas that all could read.\n")
	case len(ahead(b, ideas)) > 0:
		fmt.Fprintf(&out, "The best of %d ideas:\n\n", len(ideas))
		for n, i := range ahead(b, ideas) {
			fmt.Fprintf(&out, "%d. %s (%s)\n", n+1, oneLine(i), scored(b, i.Result.V))
		}
	case ideas[0].Result.V != nil:
		out.WriteString("The board holds " + counted(len(ideas)) + "; the votes put none of them ahead.\n")
	case b.uncounted() != "":
		out.WriteString("The board holds " + counted(len(ideas)) + ". " + b.uncounted() + "\n")
	default:
		out.WriteString("The board holds " + counted(len(ideas)) + ", without a vote.\n")
	}
	if len(outcomes) > 0 {
		out.WriteString("\nWhat became of them:\n\n")
		for _, o := range outcomes {
			fmt.Fprintf(&out, "- %s: [%s](%s)\n", map[string]string{Task: "To do", Decision: "Decision", Thread: "Discussed on"}[o.Kind], plain(o.Title), o.Path)
		}
	}
	fmt.Fprintf(&out, "\n[The board](%s)", Path(b.ID))
	return out.String()
}

// counted is "1 idea", "12 ideas".
func counted(n int) string {
	if n == 1 {
		return "1 idea"
	}
	return fmt.Sprintf("%d ideas", n)
}

// ahead are the best ideas, as far as the votes were for them: what nobody gave a dot is
// not among the best.
func ahead(b *Brainstorm, ideas []Idea) (top []Idea) {
	for _, i := range ideas[:min(mostTop, len(ideas))] {
		r := i.Result.V
		if r == nil || r.Score <= 0 && b.Settings.V.Vote.Method != Impact {
			break
		}
		top = append(top, i)
	}
	return top
}

func oneLine(i Idea) string {
	s := strings.Join(strings.Fields(i.Text), " ")
	if s == "" {
		s = i.Link
	}
	if s == "" {
		s = "a picture"
	}
	return plain(s)
}

// scored is a result in a few words.
func scored(b *Brainstorm, r *IdeaResult) string {
	switch b.Settings.V.Vote.Method {
	case Impact:
		if r.Effort == 0 {
			return fmt.Sprintf("%.1f", r.Score)
		}
		return fmt.Sprintf("impact %.1f, effort %.1f", r.Mean, r.Effort)
	case Points:
		return fmt.Sprintf("%.0f points", r.Score)
	case Like, Scale:
		return fmt.Sprintf("%+.0f", r.Score)
	}
	return fmt.Sprintf("%.0f dots", r.Score)
}
