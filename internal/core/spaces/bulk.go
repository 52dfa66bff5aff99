package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// BulkThread is a thread of generated data with all that is in it. Its ID, and
// those of its posts, are made when it is written.
type BulkThread struct {
	Thread
	Written   []Post
	Reactions []BulkReaction
	Positions []BulkPosition
}

// BulkReaction is one person's reaction to the post with a number.
type BulkReaction struct {
	N      int64
	Emoji  string
	Person id.ID
}

// BulkPosition is how far somebody who follows the thread has read.
type BulkPosition struct {
	Person id.ID
	ReadN  int64
	ReadAt clock.Instant
}

// BulkSpaceTx opens a space of generated data with its members; the first of them
// leads it. The handle is free. The log hears of the space, not of each member.
func (s *Service) BulkSpaceTx(ctx context.Context, tx *db.Tx, n NewSpace, handle string) (Space, error) {
	sp, err := newSpace(n)
	if err != nil {
		return Space{}, err
	}
	sp.WorkspaceID, sp.ID, sp.Handle, sp.CreatedBy, sp.CreatedAt = tx.Workspace, id.New(tx.Now), handle, n.Members[0], tx.Now
	if err := insertSpace(ctx, tx, sp, ""); err != nil {
		return Space{}, err
	}
	event.Append(tx, event.New{Kind: EventSpaceOpened, Actor: sp.CreatedBy, Subject: spaceRef(sp.ID), Space: sp.ID, Data: map[string]string{"name": sp.Name}})
	return sp, insertBulkMembers(ctx, tx, sp.ID, n.Members)
}

// BulkTx writes threads of generated data as they stand: nothing is checked, and
// nothing looked up. The log hears of them once a space, as if an import had
// brought them.
func (s *Service) BulkTx(ctx context.Context, tx *db.Tx, list []*BulkThread) error {
	told := map[id.ID]*Imported{}
	var order []id.ID
	for _, t := range list {
		t.ID = id.New(tx.Now)
		data := told[t.Space]
		if data == nil {
			data = &Imported{Posts: []id.ID{}}
			told[t.Space] = data
			order = append(order, t.Space)
		}
		data.Threads = append(data.Threads, t.ID)
		for i := range t.Written {
			p := &t.Written[i]
			p.ID, p.Thread, p.Space, p.N, p.Kind = id.New(tx.Now), t.ID, t.Space, int64(i+1), KindPost
			data.Posts = append(data.Posts, p.ID)
		}
	}
	for _, space := range order {
		event.Append(tx, event.New{Kind: EventImported, Subject: spaceRef(space), Space: space, Data: *told[space]})
	}
	return insertBulk(ctx, tx, list)
}
