package asks

import (
	"context"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// ReplyIn is a post with what it asks.
type ReplyIn struct {
	Markdown string     `json:"markdown" maxLength:"200000"`
	Files    []string   `json:"files,omitempty" maxItems:"50" doc:"Finished uploads of one's own."`
	Asks     []NewAskIn `json:"asks,omitempty" maxItems:"50"`
}

func (r ReplyIn) read() (n NewReply, err error) {
	n = NewReply{Markdown: r.Markdown}
	if n.Files, err = id.DecodeAll("file", r.Files); err != nil {
		return n, err
	}
	for _, in := range r.Asks {
		x, err := in.read()
		if err != nil {
			return n, err
		}
		n.Asks = append(n.Asks, x)
	}
	return n, nil
}

// OpenedView is a thread that was just opened.
type OpenedView struct {
	Thread spaces.ThreadView `json:"thread"`
	Post   spaces.PostView   `json:"post"`
}

func (s *Service) routesPost(api *web.API) {
	type openIn struct {
		Body struct {
			ReplyIn
			Space   string `json:"space"`
			Title   string `json:"title" maxLength:"1000"`
			Purpose string `json:"purpose,omitempty" maxLength:"10000"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/threads", ID: "openThread", Summary: "Open a thread with its first post, and ask people about it.", Tag: tag},
		func(ctx context.Context, in *openIn) (*web.Out[OpenedView], error) {
			a, err := actor.From(ctx)
			if err != nil {
				return nil, err
			}
			space, err := id.Decode("sp", in.Body.Space)
			if err != nil {
				return nil, err
			}
			n, err := in.Body.read()
			if err != nil {
				return nil, err
			}
			t, p, err := s.OpenThread(ctx, a, spaces.NewThread{Space: space, Title: in.Body.Title, Purpose: in.Body.Purpose}, n)
			if err != nil {
				return nil, err
			}
			return s.openedOut(ctx, a, t.ID, p.ID)
		})

	type replyIn struct {
		Thread string `path:"thread"`
		Body   struct {
			ReplyIn
			Answers []string `json:"answers,omitempty" maxItems:"50" doc:"The asks this answers; when missing, yours in this thread that a reply answers; [] for none."`
			Info    bool     `json:"info,omitempty" doc:"Expressly for information."`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/threads/{thread}/posts", ID: "post", Summary: "Post in a thread; a reply answers what was asked of you.", Tag: tag},
		func(ctx context.Context, in *replyIn) (*web.Out[spaces.PostView], error) {
			a, thread, err := inThread(ctx, in.Thread)
			if err != nil {
				return nil, err
			}
			n, err := in.Body.read()
			if err != nil {
				return nil, err
			}
			n.Info = in.Body.Info
			if in.Body.Answers != nil {
				if n.Answers, err = id.DecodeAll("ask", in.Body.Answers); err != nil {
					return nil, err
				}
			}
			p, err := s.Reply(ctx, a, thread, n)
			if err != nil {
				return nil, err
			}
			v, err := s.postedOut(ctx, a, p, n)
			return &web.Out[spaces.PostView]{Body: v}, err
		})
}

func (s *Service) postedOut(ctx context.Context, a actor.Actor, p spaces.Post, n NewReply) (spaces.PostView, error) {
	if p.Info && !n.Info && len(n.Files) == 0 { // it asks and answers nothing
		return s.spaces.ViewNew(ctx, s.db, a, p)
	}
	return s.spaces.ViewPost(ctx, s.db, a, p.ID)
}

func (s *Service) openedOut(ctx context.Context, a actor.Actor, thread, post id.ID) (*web.Out[OpenedView], error) {
	t, err := s.spaces.ViewThread(ctx, s.db, a, thread)
	if err != nil {
		return nil, err
	}
	p, err := s.spaces.ViewPost(ctx, s.db, a, post)
	return &web.Out[OpenedView]{Body: OpenedView{Thread: t, Post: p}}, err
}
