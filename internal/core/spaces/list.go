package spaces

import (
	"context"
	"fmt"
	"math"
	"slices"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// ListThreads pages through the threads that the actor may read, newest activity
// first, from the last one seen (zero at first). more says that there are others.
func (s *Service) ListThreads(ctx context.Context, q db.Queryer, a actor.Actor, f ThreadFilter, at clock.Instant, last id.ID, limit int) (out []ThreadView, more bool, err error) {
	if _, ok := threadFilters[f.Filter]; !ok {
		return nil, false, fault.New(fault.Invalid, "bad_filter", "Filter by all, following, saved or unread.").At("filter")
	}
	if _, ok := threadStates[f.State]; !ok {
		return nil, false, fault.New(fault.Invalid, "bad_state", "A thread's state is open or concluded.").At("state")
	}
	if !f.Space.IsZero() {
		if err := s.MayRead(ctx, q, a, f.Space); err != nil {
			return nil, false, err
		}
	}
	rows, err := listThreads(ctx, q, a, f, at, last, limit+1)
	if err != nil {
		return nil, false, err
	}
	if more = len(rows) > limit; more {
		rows = rows[:limit]
	}
	out, err = s.viewThreads(ctx, q, a, rows)
	return out, more, err
}

// Since is what happened in a thread since its reader left.
type Since struct {
	Post    id.ID // the first post they have not read, zero for none
	New     int64 // how many there are
	Changes []string
}

// PostList is a part of a thread, in order.
type PostList struct {
	Posts  []PostView
	Before bool // there are older ones
	After  bool // there are newer ones
	Since  Since
}

// ListPosts reads a part of a thread: the posts after a number, or those before
// one when before is not zero; a negative before starts at the end.
func (s *Service) ListPosts(ctx context.Context, q db.Queryer, a actor.Actor, thread id.ID, after, before int64, limit int) (l PostList, err error) {
	row, err := s.threadFor(ctx, q, a, thread)
	if err != nil {
		return l, err
	}
	t, sp := row.Thread, row.seen()
	posts, err := s.part(ctx, q, t, after, before, limit+1)
	if err != nil {
		return l, err
	}
	more := len(posts) > limit
	if before != 0 {
		slices.Reverse(posts)
		if more {
			posts = posts[1:]
		}
		l.Before, l.After = more, before > 0 && before <= t.LastN
	} else {
		posts = posts[:min(len(posts), limit)]
		l.Before, l.After = after > 0, more
	}
	if l.Posts, err = s.viewPosts(ctx, q, a, t, sp, posts); err != nil {
		return l, err
	}
	l.Since, err = s.since(ctx, q, a, row)
	return l, err
}

func (s *Service) part(ctx context.Context, q db.Queryer, t Thread, after, before int64, limit int) ([]Post, error) {
	if before < 0 {
		before = math.MaxInt64
	}
	if before > 0 {
		return postsBefore(ctx, q, t.WorkspaceID, t.ID, before, limit)
	}
	return postsAfter(ctx, q, t.WorkspaceID, t.ID, after, limit)
}

// since counts what is new to the actor and says in words what changed.
func (s *Service) since(ctx context.Context, q db.Queryer, a actor.Actor, r threadRow) (out Since, err error) {
	out.Changes = []string{}
	read := max(r.ReadN, r.BaseN)
	untouched := r.Version == 0 && r.BaseN == 0 // nothing was edited, nor imported as edited
	if read >= r.LastN && untouched {
		return out, nil
	}
	var notes []Post
	edited := int64(0)
	if read < r.LastN {
		if out.Post, out.New, err = s.newTo(ctx, q, r, read); err != nil {
			return out, err
		}
	}
	if r.ReadAt.IsZero() {
		return out, nil
	}
	if read < r.LastN {
		if notes, err = notesAfter(ctx, q, a.Workspace, r.ID, read); err != nil {
			return out, err
		}
	}
	if !untouched {
		if edited, err = editedSince(ctx, q, a.Workspace, r.ID, read, r.ReadAt); err != nil {
			return out, err
		}
	}
	if len(notes) == 0 && edited == 0 {
		return out, nil
	}
	var authors []id.ID
	for _, n := range notes {
		authors = append(authors, n.Author)
	}
	who, err := s.people.ByIDs(ctx, q, a.Workspace, authors)
	if err != nil {
		return out, err
	}
	for _, n := range notes {
		out.Changes = append(out.Changes, change(who[n.Author].Name, n.Markdown))
	}
	if edited == 1 {
		out.Changes = append(out.Changes, "One post was edited.")
	} else if edited > 1 {
		out.Changes = append(out.Changes, fmt.Sprintf("%d posts were edited.", edited))
	}
	return out, nil
}

// newKey names how many posts of a thread in one state come after a number.
type newKey struct {
	thread               id.ID
	lastN, version, read int64
}

type newPosts struct {
	first id.ID
	count int64
}

// newTo finds the first post with a number above read, and counts them: a walk
// over all of them, so the answer is kept for as long as the thread stays as it is.
func (s *Service) newTo(ctx context.Context, q db.Queryer, r threadRow, read int64) (first id.ID, count int64, err error) {
	key := newKey{r.ID, r.LastN, r.Version, read}
	if n, ok := s.news.Get(key); ok && db.Committed(q) {
		return n.first, n.count, nil
	}
	first, count, err = firstAfter(ctx, q, r.WorkspaceID, r.ID, read)
	if err == nil && db.Committed(q) {
		s.news.Put(key, newPosts{first, count}, 150)
	}
	return first, count, err
}

// Threads reads threads in one query; what the actor may not see is left out.
func (s *Service) Threads(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) (map[id.ID]Thread, error) {
	out := map[id.ID]Thread{}
	for _, part := range chunks(list) {
		rows, err := threadsByID(ctx, q, a, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ID] = r.Thread
		}
	}
	return out, nil
}

// ThreadIn is a thread with what is shown of its space.
type ThreadIn struct {
	Thread
	SpaceName, SpaceColor string
}

// ThreadsIn reads threads with their spaces in one query, with what
// lists show of them; what the actor may not see is left out.
func (s *Service) ThreadsIn(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) (map[id.ID]ThreadIn, error) {
	out := make(map[id.ID]ThreadIn, len(list))
	for _, part := range chunks(list) {
		rows, err := threadsIn(ctx, q, a, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ID] = r
		}
	}
	return out, nil
}

// Posts reads posts in two queries; what the actor may not see is left out.
func (s *Service) Posts(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) (map[id.ID]Post, error) {
	out := map[id.ID]Post{}
	may := map[id.ID]bool{}
	if !a.IsSystem() { // which reads all
		readable, err := s.Readable(ctx, q, a)
		if err != nil {
			return nil, err
		}
		for _, x := range readable {
			may[x] = true
		}
	}
	for _, part := range chunks(list) {
		rows, err := postsByID(ctx, q, a.Workspace, part)
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			if may[p.Space] || a.IsSystem() {
				out[p.ID] = p
			}
		}
	}
	return out, nil
}

// SpacesByID reads spaces; what the actor may not see is left out.
func (s *Service) SpacesByID(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) (map[id.ID]Space, error) {
	out := map[id.ID]Space{}
	for _, part := range chunks(list) {
		rows, err := spacesByID(ctx, q, a.Workspace, a.Person, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.mayRead(a) {
				out[r.ID] = r.Space
			}
		}
	}
	return out, nil
}

// change is the first line of a note as a sentence about whoever wrote it.
func change(name, note string) string {
	if name == "" {
		name = "Somebody"
	}
	return name + " " + firstLine(note)
}
