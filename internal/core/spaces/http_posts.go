package spaces

import (
	"context"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

type postIn struct {
	Post string `path:"post"`
}

type listPostsIn struct {
	Thread string `path:"thread"`
	After  string `query:"after" maxLength:"20" doc:"Posts after this one: the next of the page before."`
	Before string `query:"before" maxLength:"20" doc:"Posts before this one: the previous of the page after; or end, for the newest."`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"60"`
}

// PostPage is a part of a thread, in order.
type PostPage struct {
	Items    []PostView `json:"items" nullable:"false"`
	Next     string     `json:"next" doc:"Give this as after to read on; empty at the end."`
	Previous string     `json:"previous" doc:"Give this as before to read what came earlier; empty at the beginning."`
	Since    SinceView  `json:"since"`
	written  []byte
}

// JSON is the page as pageJSON wrote it.
func (p PostPage) JSON() []byte { return p.written }

// ends says where to read on.
func (p *PostPage) ends(first, last int64, older, newer bool) {
	if newer && last > 0 {
		p.Next = strconv.FormatInt(last, 10)
	}
	if older && first > 0 {
		p.Previous = strconv.FormatInt(first, 10)
	}
}

// SinceView is what happened since the reader left.
type SinceView struct {
	Post    *string  `json:"post" doc:"The first post you have not read."`
	New     int64    `json:"new"`
	Changes []string `json:"changes" nullable:"false" doc:"A sentence for each change of the thread."`
}

type editPostIn struct {
	Post string `path:"post"`
	Body struct {
		Markdown string `json:"markdown" minLength:"1" maxLength:"40000"`
	}
}

type reactIn struct {
	Post  string `path:"post"`
	Emoji string `path:"emoji" maxLength:"64"`
}

// AskViews are the asks of a post, as the asks package writes them.
type AskViews []any

// Schema says in the API's description that they are a list of asks.
func (AskViews) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Ref: "#/components/schemas/AsksAskView"}}
}

// RevisionView is what a post said before an edit.
type RevisionView struct {
	Markdown string           `json:"markdown"`
	HTML     string           `json:"html"`
	At       time.Time        `json:"at" doc:"When it was written."`
	By       people.PersonRef `json:"by"`
}

func (s *Service) postRoutes(a *web.API) {
	const tag = "posts"
	web.Handle(a, web.Op{Method: "GET", Path: "/threads/{thread}/posts", ID: "listPosts", Summary: "Read the posts of a thread, in order.", Tag: tag}, s.getPosts)
	web.Handle(a, web.Op{Method: "GET", Path: "/posts/{post}", ID: "getPost", Summary: "Read one post.", Tag: tag},
		func(ctx context.Context, in *postIn) (*web.Out[PostView], error) {
			a, x, err := on(ctx, "post", in.Post)
			return s.outPost(ctx, a, x, err)
		})
	web.Handle(a, web.Op{Method: "PATCH", Path: "/posts/{post}", ID: "editPost", Summary: "Edit your own post; what it said before is kept.", Tag: tag},
		func(ctx context.Context, in *editPostIn) (*web.Out[PostView], error) {
			a, x, err := on(ctx, "post", in.Post)
			if err == nil {
				err = s.EditPost(ctx, a, x, in.Body.Markdown)
			}
			return s.outPost(ctx, a, x, err)
		})
	web.Handle(a, web.Op{Method: "DELETE", Path: "/posts/{post}", ID: "deletePost", Summary: "Delete a post; its place in the thread stays.", Tag: tag, Status: 204},
		func(ctx context.Context, in *postIn) (*web.None, error) {
			a, x, err := on(ctx, "post", in.Post)
			if err != nil {
				return nil, err
			}
			return nil, s.DeletePost(ctx, a, x)
		})
	web.Handle(a, web.Op{Method: "GET", Path: "/posts/{post}/revisions", ID: "listRevisions", Summary: "Read what a post said before, newest first.", Tag: tag}, s.getRevisions)
	s.markRoutes(a)
	web.Handle(a, web.Op{Method: "GET", Path: "/files/{file}", ID: "getFile", Summary: "Read what a file is called and how large it is.", Tag: "files"}, s.getFile)
}

// markRoutes registers reactions and pins: PUT for yes, DELETE for no.
func (s *Service) markRoutes(a *web.API) {
	const tag = "posts"
	react := func(yes bool) func(context.Context, *reactIn) (*web.None, error) {
		return func(ctx context.Context, in *reactIn) (*web.None, error) { return nil, s.doReact(ctx, in, yes) }
	}
	pin := func(yes bool) func(context.Context, *postIn) (*web.None, error) {
		return func(ctx context.Context, in *postIn) (*web.None, error) { return nil, s.doPin(ctx, in, yes) }
	}
	const reaction, pinned = "/posts/{post}/reactions/{emoji}", "/posts/{post}/pin"
	web.Handle(a, web.Op{Method: "PUT", Path: reaction, ID: "react", Summary: "Put a reaction on a post.", Tag: tag, Status: 204}, react(true))
	web.Handle(a, web.Op{Method: "DELETE", Path: reaction, ID: "unreact", Summary: "Take your reaction back.", Tag: tag, Status: 204}, react(false))
	web.Handle(a, web.Op{Method: "PUT", Path: pinned, ID: "pinPost", Summary: "Pin a post.", Tag: tag, Status: 204}, pin(true))
	web.Handle(a, web.Op{Method: "DELETE", Path: pinned, ID: "unpinPost", Summary: "Unpin a post.", Tag: tag, Status: 204}, pin(false))
}

func (s *Service) getPosts(ctx context.Context, in *listPostsIn) (*web.Out[PostPage], error) {
	a, x, err := on(ctx, "thr", in.Thread)
	if err != nil {
		return nil, err
	}
	after, err := number(in.After, "after")
	if err != nil {
		return nil, err
	}
	before := int64(-1)
	if in.Before != "end" {
		if before, err = number(in.Before, "before"); err != nil {
			return nil, err
		}
	}
	written, err := s.pageJSON(ctx, s.db, a, x, after, before, in.Limit)
	return &web.Out[PostPage]{Body: PostPage{written: written}}, err
}

// View is a page of posts as the API has it.
func (l PostList) View() PostPage {
	page := PostPage{Items: l.Posts, Since: l.Since.view()}
	if n := len(l.Posts); n > 0 {
		page.ends(l.Posts[0].N, l.Posts[n-1].N, l.Before, l.After)
	}
	return page
}

func (s Since) view() SinceView {
	v := SinceView{New: s.New, Changes: s.Changes}
	if p := id.Encode("post", s.Post); p != "" {
		v.Post = &p
	}
	return v
}

// number reads a cursor that is a post's number, 0 for none.
func number(s, field string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 {
		return 0, web.BadCursor(field)
	}
	return n, nil
}

func (s *Service) getRevisions(ctx context.Context, in *struct {
	Paging
	Post string `path:"post"`
},
) (*web.Out[web.Page[RevisionView]], error) {
	a, x, err := on(ctx, "post", in.Post)
	if err != nil {
		return nil, err
	}
	before, err := number(in.After, "after")
	if err != nil {
		return nil, err
	}
	list, err := s.Revisions(ctx, s.db, a, x, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	page := web.Page[RevisionView]{Items: []RevisionView{}}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		page.Next = strconv.FormatInt(list[in.Limit-1].N, 10)
	}
	var by []id.ID
	for _, r := range list {
		by = append(by, r.By)
	}
	who, err := s.people.Refs(ctx, s.db, a.Workspace, by)
	for _, r := range list {
		page.Items = append(page.Items, RevisionView{r.Markdown, r.HTML, r.At.Time(), who[r.By]})
	}
	return &web.Out[web.Page[RevisionView]]{Body: page}, err
}

func (s *Service) doReact(ctx context.Context, in *reactIn, yes bool) error {
	a, x, err := on(ctx, "post", in.Post)
	if err != nil {
		return err
	}
	return s.React(ctx, a, x, in.Emoji, yes)
}

func (s *Service) doPin(ctx context.Context, in *postIn, yes bool) error {
	a, x, err := on(ctx, "post", in.Post)
	if err != nil {
		return err
	}
	return s.Pin(ctx, a, x, yes)
}

func (s *Service) getFile(ctx context.Context, in *struct {
	File string `path:"file"`
},
) (*web.Out[FileView], error) {
	a, x, err := on(ctx, "file", in.File)
	if err != nil {
		return nil, err
	}
	f, err := s.File(ctx, s.db, a, x)
	return &web.Out[FileView]{Body: viewFile(f)}, err
}

// outPost answers with a post, unless something went wrong before.
func (s *Service) outPost(ctx context.Context, a actor.Actor, post id.ID, err error) (*web.Out[PostView], error) {
	if err != nil {
		return nil, err
	}
	v, err := s.ViewPost(ctx, s.db, a, post)
	return &web.Out[PostView]{Body: v}, err
}
