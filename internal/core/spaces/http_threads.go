package spaces

import (
	"context"
	"encoding/base64"
	"fmt"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

type threadIn struct {
	Thread string `path:"thread"`
}

type listThreadsIn struct {
	Paging
	Space  string `query:"space" maxLength:"40" doc:"Only threads of this space."`
	State  string `query:"state" enum:"open,concluded"`
	Filter string `query:"filter" enum:"all,following,saved,unread"`
}

type changeThreadIn struct {
	Thread string `path:"thread"`
	Body   struct {
		Title   *string `json:"title,omitempty" minLength:"1" maxLength:"200"`
		Purpose *string `json:"purpose,omitempty" maxLength:"2000"`
		Space   *string `json:"space,omitempty" doc:"Move the thread to this space."`
		Pinned  *bool   `json:"pinned,omitempty"`
	}
}

type concludeIn struct {
	Thread string `path:"thread"`
	Body   struct {
		Markdown string `json:"markdown" maxLength:"40000" doc:"What came out of the thread."`
	}
}

type reopenIn struct {
	Thread string `path:"thread"`
	Body   struct {
		Reason string `json:"reason" maxLength:"500"`
	}
}

type positionIn struct {
	Thread string `path:"thread"`
	Body   struct {
		Post string `json:"post" maxLength:"40" doc:"The last post you have read."`
	}
}

func (s *Service) threadRoutes(a *web.API) {
	const tag = "threads"
	web.Handle(a, web.Op{Method: "GET", Path: "/threads", ID: "listThreads", Summary: "List threads, newest activity first.", Tag: tag}, s.getThreads)
	web.Handle(a, web.Op{Method: "GET", Path: "/threads/{thread}", ID: "getThread", Summary: "Read one thread.", Tag: tag},
		func(ctx context.Context, in *threadIn) (*web.Out[ThreadView], error) {
			a, x, err := on(ctx, "thr", in.Thread)
			return s.outThread(ctx, a, x, err)
		})
	web.Handle(a, web.Op{Method: "PATCH", Path: "/threads/{thread}", ID: "changeThread", Summary: "Rename, move or pin a thread.", Tag: tag}, s.patchThread)
	web.Handle(a, web.Op{Method: "POST", Path: "/threads/{thread}/conclusion", ID: "concludeThread", Summary: "Close a thread with a conclusion.", Tag: tag},
		func(ctx context.Context, in *concludeIn) (*web.Out[ThreadView], error) {
			a, x, err := on(ctx, "thr", in.Thread)
			if err == nil {
				err = s.Conclude(ctx, a, x, in.Body.Markdown)
			}
			return s.outThread(ctx, a, x, err)
		})
	web.Handle(a, web.Op{Method: "POST", Path: "/threads/{thread}/reopening", ID: "reopenThread", Summary: "Open a concluded thread again, with a reason.", Tag: tag},
		func(ctx context.Context, in *reopenIn) (*web.Out[ThreadView], error) {
			a, x, err := on(ctx, "thr", in.Thread)
			if err == nil {
				err = s.Reopen(ctx, a, x, in.Body.Reason)
			}
			return s.outThread(ctx, a, x, err)
		})
	web.Handle(a, web.Op{Method: "PUT", Path: "/threads/{thread}/position", ID: "readThread", Summary: "Say how far you have read.", Tag: tag, Status: 204},
		func(ctx context.Context, in *positionIn) (*web.None, error) {
			a, x, err := on(ctx, "thr", in.Thread)
			if err != nil {
				return nil, err
			}
			p, err := id.Decode("post", in.Body.Post)
			if err != nil {
				return nil, err
			}
			return nil, s.ReadTo(ctx, a, x, p)
		})
	s.standRoutes(a)
}

// standRoutes registers how one stands to a thread: PUT for yes, DELETE for no.
func (s *Service) standRoutes(a *web.API) {
	stands := []struct {
		path, name, yes, no string
		do                  func(context.Context, actor.Actor, id.ID, bool) error
	}{
		{"follow", "Thread", "Follow a thread.", "Follow a thread no longer.", s.Follow},
		{"mute", "Thread", "Keep a thread from reaching you.", "Let a thread reach you again.", s.Mute},
		{"saved", "Thread", "Keep a thread for later.", "Keep a thread no longer.", s.Save},
	}
	names := map[string][2]string{"follow": {"follow", "unfollow"}, "mute": {"mute", "unmute"}, "saved": {"save", "unsave"}}
	for _, st := range stands {
		handle := func(on bool) func(context.Context, *threadIn) (*web.None, error) {
			return func(ctx context.Context, in *threadIn) (*web.None, error) {
				return nil, s.stand(ctx, in.Thread, on, st.do)
			}
		}
		path := "/threads/{thread}/" + st.path
		web.Handle(a, web.Op{Method: "PUT", Path: path, ID: names[st.path][0] + st.name, Summary: st.yes, Tag: "threads", Status: 204}, handle(true))
		web.Handle(a, web.Op{Method: "DELETE", Path: path, ID: names[st.path][1] + st.name, Summary: st.no, Tag: "threads", Status: 204}, handle(false))
	}
}

func (s *Service) stand(ctx context.Context, thread string, yes bool, do func(context.Context, actor.Actor, id.ID, bool) error) error {
	a, x, err := on(ctx, "thr", thread)
	if err != nil {
		return err
	}
	return do(ctx, a, x, yes)
}

func (s *Service) getThreads(ctx context.Context, in *listThreadsIn) (*web.Out[web.Page[ThreadView]], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	f := ThreadFilter{State: in.State, Filter: in.Filter}
	if in.Space != "" {
		if f.Space, err = id.Decode("sp", in.Space); err != nil {
			return nil, err
		}
	}
	at, last, err := readCursor(in.After)
	if err != nil {
		return nil, err
	}
	list, more, err := s.ListThreads(ctx, s.db, a, f, at, last, in.Limit)
	if err != nil {
		return nil, err
	}
	page := web.Page[ThreadView]{Items: list}
	if more {
		end := list[len(list)-1]
		page.Next = writeCursor(clock.At(end.LastPostAt), end.ID)
	}
	return &web.Out[web.Page[ThreadView]]{Body: page}, nil
}

func writeCursor(at clock.Instant, thread string) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", int64(at), thread))
}

func readCursor(s string) (at clock.Instant, last id.ID, err error) {
	if s == "" {
		return 0, id.ID{}, nil
	}
	wrong := web.BadCursor("after")
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return 0, id.ID{}, wrong
	}
	var micros int64
	var ref string
	if _, err := fmt.Sscanf(string(b), "%d %s", &micros, &ref); err != nil {
		return 0, id.ID{}, wrong
	}
	if last, err = id.Decode("thr", ref); err != nil {
		return 0, id.ID{}, wrong
	}
	return clock.Instant(micros), last, nil
}

func (s *Service) patchThread(ctx context.Context, in *changeThreadIn) (*web.Out[ThreadView], error) {
	a, x, err := on(ctx, "thr", in.Thread)
	if err != nil {
		return nil, err
	}
	c := ThreadChange{Title: in.Body.Title, Purpose: in.Body.Purpose, Pinned: in.Body.Pinned}
	if in.Body.Space != nil {
		to, err := id.Decode("sp", *in.Body.Space)
		if err != nil {
			return nil, err
		}
		c.Space = &to
	}
	return s.outThread(ctx, a, x, s.ChangeThread(ctx, a, x, c))
}

// outThread answers with a thread, unless something went wrong before.
func (s *Service) outThread(ctx context.Context, a actor.Actor, thread id.ID, err error) (*web.Out[ThreadView], error) {
	if err != nil {
		return nil, err
	}
	v, err := s.ViewThread(ctx, s.db, a, thread)
	return &web.Out[ThreadView]{Body: v}, err
}
