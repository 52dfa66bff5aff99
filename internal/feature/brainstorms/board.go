package brainstorms

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Board is what one reader sees of a brainstorm's board. It is the only way out for
// ideas, notes and results: mail, export and the screens all read it, and what is hidden
// from the reader is not in it.
type Board struct {
	at       *at
	mark     []byte // the reader's own
	Whole    bool   // not only what changed since
	Ideas    []Idea // those that the reader sees, in the reader's order; merged ones too
	Gone     []id.ID
	Groups   []Group
	Notes    map[id.ID][]Note
	Own      map[id.ID]bool // ideas that the reader cannot vote on
	Ballot   []Mark         // the reader's own
	Results  map[id.ID]*IdeaResult
	Outcomes []Outcome
}

// Board reads the board as the actor sees it: what changed since a version, or all when
// that is 0 or the phase has changed since.
func (s *Service) Board(ctx context.Context, a actor.Actor, x id.ID, since int64) (bd *Board, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		at, err := s.find(ctx, q, a, x)
		if err != nil {
			return err
		}
		bd, err = s.board(ctx, q, at, since)
		return err
	})
	return bd, err
}

func (s *Service) board(ctx context.Context, q db.Queryer, at *at, since int64) (*Board, error) {
	b := at.b
	bd := &Board{at: at, mark: b.mark(at.a.Person), Notes: map[id.ID][]Note{}, Whole: since < b.Base || b.Phase == Collect}
	if bd.Whole {
		since = 0
	}
	list, err := loadIdeas(ctx, q, b.WorkspaceID, b.ID, next(since))
	if err != nil {
		return nil, err
	}
	if bd.Groups, err = loadGroups(ctx, q, b.WorkspaceID, b.ID, next(since)); err != nil {
		return nil, err
	}
	if bd.Outcomes, err = loadOutcomes(ctx, q, b.WorkspaceID, b.ID); err != nil {
		return nil, err
	}
	bd.take(list)
	if b.Phase == Collect {
		return bd, nil
	}
	notes, err := loadNotes(ctx, q, b.WorkspaceID, b.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range notes {
		bd.Notes[n.Idea] = append(bd.Notes[n.Idea], n)
	}
	return bd, s.votes(ctx, q, bd, list)
}

// next is the first version after one; all of them after none.
func next(since int64) int64 {
	if since == 0 {
		return 0
	}
	return since + 1
}

// take keeps of the ideas what the reader may see: what is shown, and what is hidden
// only if it is their own.
func (bd *Board) take(list []Idea) {
	for _, i := range list {
		switch {
		case !i.Shown && !bd.at.b.wrote(bd.at.a.Person, i):
		case i.Deleted:
			bd.Gone = append(bd.Gone, i.ID)
		default:
			bd.Ideas = append(bd.Ideas, i)
		}
	}
	bd.Groups = slices.DeleteFunc(bd.Groups, func(g Group) bool {
		if g.Deleted {
			bd.Gone = append(bd.Gone, g.ID)
		}
		return g.Deleted
	})
}

// votes adds the reader's own ballot while it is voted, in an order drawn for them, and
// the results once they are open.
func (s *Service) votes(ctx context.Context, q db.Queryer, bd *Board, list []Idea) error {
	b := bd.at.b
	switch b.Phase {
	case Vote:
		bd.Own = ownOf(list, bd.mine)
		for i := range bd.Ideas {
			bd.Ideas[i].Place = b.lot(bd.Ideas[i].ID, bd.mark)
		}
		slices.SortFunc(bd.Ideas, func(x, y Idea) int { return int(min(max(x.Place-y.Place, -1), 1)) })
		own, _, err := loadBallot(ctx, q, b.WorkspaceID, b.ID, bd.mark)
		bd.Ballot = own.Votes.V
		return err
	case Act:
		if b.Settings.V.Anonymous {
			bd.counted()
			return nil
		}
		all := list
		var err error
		if !bd.Whole {
			if all, err = loadIdeas(ctx, q, b.WorkspaceID, b.ID, 0); err != nil {
				return err
			}
		}
		ballots, err := loadBallots(ctx, q, b.WorkspaceID, b.ID)
		if err == nil && len(ballots) > 0 {
			bd.Results, err = b.results(all, ballots)
		}
		return err
	case Ended:
		bd.counted()
	}
	return nil
}

func (bd *Board) mine(i Idea) bool { return bd.at.b.wrote(bd.at.a.Person, i) }

// counted takes the results that are written on the ideas.
func (bd *Board) counted() {
	bd.Results = map[id.ID]*IdeaResult{}
	for _, i := range bd.Ideas {
		if i.Result.V != nil {
			bd.Results[i.ID] = i.Result.V
		}
	}
}
