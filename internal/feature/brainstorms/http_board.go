package brainstorms

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// Ideas and notes are written by PUT under a key of the writer's choosing. A repeat has no
// second effect, and no key is kept beside a name: what is kept for the Idempotency-Key
// of a POST would tell who wrote what.
func (s *Service) boardRoutes(api *web.API) {
	const one, idea = "/brainstorms/{brainstorm}", "/brainstorms/{brainstorm}/ideas/{idea}"
	web.Handle(api, web.Op{Method: "GET", Path: one + "/board", ID: "getBrainstormBoard", Summary: "Read the board, or what changed on it since a version.", Tag: tag}, s.getBoard)
	web.Handle(api, web.Op{Method: "PUT", Path: one + "/own-ideas/{name}", ID: "writeIdea", Summary: "Write an idea under a key of your own; again under the same key changes it.", Tag: tag}, s.putIdea)
	web.Handle(api, web.Op{Method: "PATCH", Path: idea, ID: "changeIdea", Summary: "Change an idea of yours.", Tag: tag}, s.patchIdea)
	web.Handle(api, web.Op{Method: "DELETE", Path: idea, ID: "deleteIdea", Summary: "Take an idea of yours away.", Tag: tag}, s.deleteIdea(true))
	web.Handle(api, web.Op{Method: "PUT", Path: idea + "/restoration", ID: "restoreIdea", Summary: "Bring an idea of yours back.", Tag: tag}, s.deleteIdea(false))
	web.Handle(api, web.Op{Method: "PUT", Path: idea + "/claim", ID: "claimIdea", Summary: "Put your name on an anonymous idea of yours.", Tag: tag}, s.claimIdea(true))
	web.Handle(api, web.Op{Method: "DELETE", Path: idea + "/claim", ID: "unclaimIdea", Summary: "Take your name off an idea again.", Tag: tag}, s.claimIdea(false))
	web.Handle(api, web.Op{Method: "PUT", Path: idea + "/place", ID: "moveIdea", Summary: "Move an idea into a group and before another.", Tag: tag}, s.putPlace)
	web.Handle(api, web.Op{Method: "PUT", Path: idea + "/merge", ID: "mergeIdea", Summary: "Merge an idea into another; both texts stay.", Tag: tag}, s.putMerge)
	web.Handle(api, web.Op{Method: "DELETE", Path: idea + "/merge", ID: "partIdea", Summary: "Take merged ideas apart again.", Tag: tag}, s.deleteMerge)
	web.Handle(api, web.Op{Method: "PUT", Path: idea + "/own-notes/{name}", ID: "writeIdeaNote", Summary: "Write a comment, a pro or a con below an idea, under a key of your own.", Tag: tag}, s.putNote)
	web.Handle(api, web.Op{Method: "DELETE", Path: one + "/notes/{note}", ID: "deleteIdeaNote", Summary: "Take a note of yours away.", Tag: tag}, s.deleteNote)
	web.Handle(api, web.Op{Method: "POST", Path: one + "/groups", ID: "makeIdeaGroup", Summary: "Make a group, perhaps with ideas in it.", Tag: tag}, s.postGroup)
	web.Handle(api, web.Op{Method: "PATCH", Path: one + "/groups/{group}", ID: "changeIdeaGroup", Summary: "Name a group, or move it.", Tag: tag}, s.patchGroup)
	web.Handle(api, web.Op{Method: "DELETE", Path: one + "/groups/{group}", ID: "dropIdeaGroup", Summary: "Take a group away; its ideas stay.", Tag: tag}, s.deleteGroup)
	web.Handle(api, web.Op{Method: "PUT", Path: one + "/groups/{group}/restoration", ID: "restoreIdeaGroup", Summary: "Bring a group back that was taken away, with the ideas that were in it.", Tag: tag}, s.putGroupBack)
	web.Handle(api, web.Op{Method: "GET", Path: one + "/suggestions", ID: "suggestIdeaGroups", Summary: "Groups that ideas might make, computed on this server.", Tag: tag}, s.getSuggestions)
	web.Handle(api, web.Op{Method: "PUT", Path: one + "/ballot", ID: "voteOnIdeas", Summary: "Give your votes, in place of those you gave before.", Tag: tag}, s.putBallot)
	web.Handle(api, web.Op{Method: "POST", Path: one + "/outcomes", ID: "makeOutcome", Summary: "Make a task, a decision or a thread of ideas.", Tag: tag}, s.postOutcome)
	web.Handle(api, web.Op{Method: "PUT", Path: one + "/outcomes/{outcome}/done", ID: "finishBrainstormTask", Summary: "Say that a task is done.", Tag: tag}, s.finish(true))
	web.Handle(api, web.Op{Method: "DELETE", Path: one + "/outcomes/{outcome}/done", ID: "reopenBrainstormTask", Summary: "Take that back.", Tag: tag}, s.finish(false))
	s.plain(api)
}

type boardIn struct {
	Brainstorm string `path:"brainstorm"`
	Since      int64  `query:"since" minimum:"0" doc:"The version that you have."`
}

func (s *Service) getBoard(ctx context.Context, in *boardIn) (*web.Out[BrainstormBoard], error) {
	a, x, err := on(ctx, in.Brainstorm)
	return s.boardOut(ctx, a, x, in.Since, err)
}

// boardOut reads the board after a change, unless that failed.
func (s *Service) boardOut(ctx context.Context, a actor.Actor, x id.ID, since int64, err error) (*web.Out[BrainstormBoard], error) {
	if err != nil {
		return nil, err
	}
	v, err := s.Written(ctx, a, x, since)
	return &web.Out[BrainstormBoard]{Body: v}, err
}

// IdeaPath names an idea of a brainstorm.
type IdeaPath struct {
	Brainstorm string `path:"brainstorm"`
	Idea       string `path:"idea"`
}

func (in IdeaPath) read(ctx context.Context) (a actor.Actor, x, idea id.ID, err error) {
	if a, x, err = on(ctx, in.Brainstorm); err == nil {
		idea, err = id.Decode("idea", in.Idea)
	}
	return a, x, idea, err
}

// ideaOut is one idea as the actor sees it.
func (s *Service) ideaOut(ctx context.Context, a actor.Actor, x, idea id.ID, err error) (*web.Out[IdeaView], error) {
	if err != nil {
		return nil, err
	}
	var out web.Out[IdeaView]
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		at, err := s.find(ctx, q, a, x)
		if err != nil {
			return err
		}
		bd := &Board{at: at, mark: at.b.mark(a.Person), Notes: map[id.ID][]Note{}}
		i, ok, err := loadIdea(ctx, q, a.Workspace, x, idea)
		if err != nil || !ok {
			return err
		}
		i.Deleted = false // whoever took it away is told what it was
		bd.take([]Idea{i})
		if len(bd.Ideas) == 0 {
			return nil
		}
		refs, err := s.people.Refs(ctx, q, a.Workspace, bd.persons())
		out.Body = bd.viewIdea(i, refs)
		return err
	})
	return &out, err
}

// IdeaIn is a card as it is written.
type IdeaIn struct {
	Text    string `json:"text,omitempty" maxLength:"8000"`
	Link    string `json:"link,omitempty" maxLength:"4000"`
	Picture string `json:"picture,omitempty" doc:"A finished upload of your own, JPEG or PNG; what the camera wrote into it is taken out."`
}

func (s *Service) putIdea(ctx context.Context, in *struct {
	Brainstorm string `path:"brainstorm"`
	Name       string `path:"name" maxLength:"100" doc:"Any word of your own, such as a random one."`
	Body       IdeaIn
},
) (*web.Out[IdeaView], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	n := NewIdea{Key: in.Name, Text: in.Body.Text, Link: in.Body.Link}
	if in.Body.Picture != "" {
		if n.Picture, err = id.Decode("file", in.Body.Picture); err != nil {
			return nil, err
		}
	}
	i, err := s.Write(ctx, a, x, n)
	return s.ideaOut(ctx, a, x, i.ID, err)
}

func (s *Service) patchIdea(ctx context.Context, in *struct {
	IdeaPath
	Body struct {
		Text    *string `json:"text,omitempty" maxLength:"8000"`
		Link    *string `json:"link,omitempty" maxLength:"4000"`
		Picture *string `json:"picture,omitempty" doc:"Empty takes it away."`
	}
},
) (*web.Out[IdeaView], error) {
	a, x, idea, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	c := IdeaChange{Text: in.Body.Text, Link: in.Body.Link}
	if p := in.Body.Picture; p != nil {
		c.Picture = new(id.ID)
		if *p != "" {
			if *c.Picture, err = id.Decode("file", *p); err != nil {
				return nil, err
			}
		}
	}
	_, err = s.Change(ctx, a, x, idea, c)
	return s.ideaOut(ctx, a, x, idea, err)
}

func (s *Service) deleteIdea(gone bool) func(context.Context, *IdeaPath) (*web.Out[IdeaView], error) {
	return func(ctx context.Context, in *IdeaPath) (*web.Out[IdeaView], error) {
		a, x, idea, err := in.read(ctx)
		if err == nil {
			_, err = s.Delete(ctx, a, x, idea, gone)
		}
		return s.ideaOut(ctx, a, x, idea, err)
	}
}

func (s *Service) claimIdea(yes bool) func(context.Context, *IdeaPath) (*web.Out[IdeaView], error) {
	return func(ctx context.Context, in *IdeaPath) (*web.Out[IdeaView], error) {
		a, x, idea, err := in.read(ctx)
		if err == nil {
			err = s.Claim(ctx, a, x, idea, yes)
		}
		return s.ideaOut(ctx, a, x, idea, err)
	}
}

type ideaPlaceIn struct {
	IdeaPath
	Since int64 `query:"since" minimum:"0" doc:"The version that you have: the answer is what changed after it."`
	Body  struct {
		Group  string `json:"group,omitempty" doc:"None when missing."`
		Before string `json:"before,omitempty" doc:"The idea that it comes before; after all when missing."`
	}
}

func (s *Service) putPlace(ctx context.Context, in *ideaPlaceIn) (*web.Out[BrainstormBoard], error) {
	a, x, idea, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	var group, before id.ID
	if in.Body.Group != "" {
		if group, err = id.Decode("grp", in.Body.Group); err != nil {
			return nil, err
		}
	}
	if in.Body.Before != "" {
		if before, err = id.Decode("idea", in.Body.Before); err != nil {
			return nil, err
		}
	}
	_, err = s.Move(ctx, a, x, idea, group, before)
	return s.boardOut(ctx, a, x, in.Since, err)
}

type ideaMergeIn struct {
	IdeaPath
	Since int64 `query:"since" minimum:"0"`
	Body  struct {
		Into string `json:"into"`
	}
}

func (s *Service) putMerge(ctx context.Context, in *ideaMergeIn) (*web.Out[BrainstormBoard], error) {
	a, x, idea, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	into, err := id.Decode("idea", in.Body.Into)
	if err != nil {
		return nil, err
	}
	return s.boardOut(ctx, a, x, in.Since, s.Merge(ctx, a, x, idea, into))
}

func (s *Service) deleteMerge(ctx context.Context, in *struct {
	IdeaPath
	Since int64 `query:"since" minimum:"0"`
},
) (*web.Out[BrainstormBoard], error) {
	a, x, idea, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	return s.boardOut(ctx, a, x, in.Since, s.Part(ctx, a, x, idea))
}

func (s *Service) putNote(ctx context.Context, in *struct {
	IdeaPath
	Name  string `path:"name" maxLength:"100" doc:"Any word of your own."`
	Since int64  `query:"since" minimum:"0"`
	Body  struct {
		Kind string `json:"kind,omitempty" enum:"comment,pro,con"`
		Text string `json:"text" maxLength:"8000"`
	}
},
) (*web.Out[BrainstormBoard], error) {
	a, x, idea, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	return s.boardOut(ctx, a, x, in.Since, s.Remark(ctx, a, x, idea, NewNote{Key: in.Name, Kind: in.Body.Kind, Text: in.Body.Text}))
}

func (s *Service) deleteNote(ctx context.Context, in *struct {
	Brainstorm string `path:"brainstorm"`
	Note       string `path:"note"`
	Since      int64  `query:"since" minimum:"0"`
},
) (*web.Out[BrainstormBoard], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	n, err := id.Decode("note", in.Note)
	if err != nil {
		return nil, err
	}
	return s.boardOut(ctx, a, x, in.Since, s.Unremark(ctx, a, x, n))
}

func (s *Service) putBallot(ctx context.Context, in *struct {
	Brainstorm string `path:"brainstorm"`
	Body       struct {
		Votes []IdeaVote `json:"votes" maxItems:"500" nullable:"false"`
	}
},
) (*web.Out[BrainstormBoard], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	var votes []Mark
	for _, v := range in.Body.Votes {
		m := Mark{Value: v.Value, Effort: v.Effort}
		if m.Idea, err = id.Decode("idea", v.Idea); err != nil {
			return nil, err
		}
		votes = append(votes, m)
	}
	return s.boardOut(ctx, a, x, 0, s.Vote(ctx, a, x, votes))
}

func (s *Service) postOutcome(ctx context.Context, in *struct {
	Brainstorm string `path:"brainstorm"`
	Body       struct {
		Kind   string   `json:"kind" enum:"task,decision,thread"`
		Ideas  []string `json:"ideas" minItems:"1" maxItems:"50" nullable:"false"`
		Title  string   `json:"title,omitempty" maxLength:"600" doc:"The first idea's words when missing."`
		Owner  string   `json:"owner,omitempty" doc:"Whose task it is; yours when missing."`
		Window string   `json:"window,omitempty" maxLength:"20" doc:"How much of their working time it may take, such as 1d; 1d when missing."`
	}
},
) (*web.Out[BrainstormBoard], error) {
	a, x, err := on(ctx, in.Brainstorm)
	if err != nil {
		return nil, err
	}
	n := NewOutcome{Kind: in.Body.Kind, Title: in.Body.Title, Window: in.Body.Window}
	if n.Ideas, err = id.DecodeAll("idea", in.Body.Ideas); err != nil {
		return nil, err
	}
	if in.Body.Owner != "" {
		if n.Owner, err = id.Decode("per", in.Body.Owner); err != nil {
			return nil, err
		}
	}
	_, err = s.Become(ctx, a, x, n)
	return s.boardOut(ctx, a, x, 0, err)
}

func (s *Service) finish(yes bool) func(context.Context, *outcomeIn) (*web.Out[BrainstormBoard], error) {
	return func(ctx context.Context, in *outcomeIn) (*web.Out[BrainstormBoard], error) {
		a, x, err := on(ctx, in.Brainstorm)
		if err != nil {
			return nil, err
		}
		o, err := id.Decode("outc", in.Outcome)
		if err != nil {
			return nil, err
		}
		return s.boardOut(ctx, a, x, 0, s.DidTask(ctx, a, x, o, yes))
	}
}

type outcomeIn struct {
	Brainstorm string `path:"brainstorm"`
	Outcome    string `path:"outcome"`
}
