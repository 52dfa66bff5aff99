package spaces

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// SpaceView is a space as the API writes it.
type SpaceView struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Handle   string       `json:"handle"`
	Purpose  string       `json:"purpose"`
	Private  bool         `json:"private"`
	Archived bool         `json:"archived" doc:"It can only be read."`
	Color    string       `json:"color"`
	Member   bool         `json:"member"`
	Members  int64        `json:"members"`
	Windows  SpaceWindows `json:"windows"`
	May      SpaceMay     `json:"may"`
}

// SpaceWindows are the response windows of a space, as "4h" or "1d".
type SpaceWindows struct {
	Default  string `json:"default" doc:"What an ask starts with."`
	Shortest string `json:"shortest" doc:"Below this, an ask warns."`
}

// SpaceMay says what the reader may do with a space.
type SpaceMay struct {
	Post   bool `json:"post"`
	Change bool `json:"change"`
	Invite bool `json:"invite"`
}

func viewSpace(a actor.Actor, r spaceRow) SpaceView {
	return SpaceView{
		ID: id.Encode("sp", r.ID), Name: r.Name, Handle: r.Handle, Purpose: r.Purpose, Private: r.Private, Archived: !r.ArchivedAt.IsZero(),
		Color: r.Color, Member: r.Member, Members: r.Members, Windows: SpaceWindows{r.WindowDefault, r.WindowShortest},
		May: SpaceMay{Post: r.mayPost(a), Change: r.mayChange(a), Invite: r.mayInvite(a)},
	}
}

// ViewSpace writes one space for the actor; what they may not see is not_found.
func (s *Service) ViewSpace(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (SpaceView, error) {
	sp, err := s.space(ctx, q, a, space)
	if err != nil {
		return SpaceView{}, err
	}
	n, err := countMembers(ctx, q, a.Workspace, space)
	return viewSpace(a, spaceRow{seen: sp, Members: n}), err
}

// ListSpaces pages through the spaces that the actor may read, by handle; after is
// the handle of the last one seen. next is "" at the end.
func (s *Service) ListSpaces(ctx context.Context, q db.Queryer, a actor.Actor, after string, limit int) (out []SpaceView, next string, err error) {
	rows, err := listSpaces(ctx, q, a.Workspace, a.Person, a.IsSystem(), a.Role != actor.Guest, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		next = rows[limit-1].Handle
	}
	out = make([]SpaceView, 0, len(rows))
	for _, r := range rows {
		out = append(out, viewSpace(a, r))
	}
	return out, next, nil
}

// ListMembers pages through the members of a space; after is the last one seen.
func (s *Service) ListMembers(ctx context.Context, q db.Queryer, a actor.Actor, space, after id.ID, limit int) (out []people.PersonRef, next id.ID, err error) {
	if err := s.MayRead(ctx, q, a, space); err != nil {
		return nil, id.ID{}, err
	}
	list, err := memberPage(ctx, q, a.Workspace, space, after, limit+1)
	if err != nil {
		return nil, id.ID{}, err
	}
	if len(list) > limit {
		list = list[:limit]
		next = list[limit-1]
	}
	who, err := s.people.Refs(ctx, q, a.Workspace, list)
	if err != nil {
		return nil, id.ID{}, err
	}
	out = make([]people.PersonRef, 0, len(list))
	for _, x := range list {
		if p, ok := who[x]; ok {
			out = append(out, p)
		}
	}
	return out, next, nil
}
