package attention

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// DigestView is a digest as the API shows it.
type DigestView struct {
	ID       string     `json:"id"`
	At       time.Time  `json:"at"`
	Items    int64      `json:"items"`
	Urgency  string     `json:"urgency" enum:"routine,soon,urgent"`
	Channel  string     `json:"channel" enum:"inbox,email"`
	MailedAt *time.Time `json:"mailed_at" nullable:"true"`
}

// DigestDetail is a digest with its lines.
type DigestDetail struct {
	ID       string       `json:"id"`
	At       time.Time    `json:"at"`
	Urgency  string       `json:"urgency" enum:"routine,soon,urgent"`
	Channel  string       `json:"channel" enum:"inbox,email"`
	MailedAt *time.Time   `json:"mailed_at" nullable:"true"`
	Items    []DigestItem `json:"items" nullable:"false"`
	Away     *AwaySpan    `json:"away" doc:"The absence that this digest catches up with; null for any other digest."`
}

// AwaySpan is from when to when somebody was away.
type AwaySpan struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// DigestItem is one line of a digest.
type DigestItem struct {
	Kind    string           `json:"kind"`
	Title   string           `json:"title"`
	Excerpt string           `json:"excerpt"`
	Path    string           `json:"path"`
	Due     *time.Time       `json:"due" nullable:"true"`
	Who     people.PersonRef `json:"who"`
	Section string           `json:"section" enum:",matters,decided,answered,rest" doc:"Of a catch-up; empty in any other digest."`
	Instead *ReplaceView     `json:"instead" doc:"Whom you can ask in the place of somebody who is away."`
}

// ReplaceView is whom an asker can ask in the place of somebody who is away.
type ReplaceView struct {
	Ask    string           `json:"ask"`
	Person people.PersonRef `json:"person"`
	To     people.PersonRef `json:"to"`
}

type listDigestsIn struct {
	After string `query:"after" maxLength:"64"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

func (s *Service) listDigests(ctx context.Context, in *listDigestsIn) (*web.Out[web.Page[DigestView]], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	after, err := web.After("dig", in.After)
	if err != nil {
		return nil, err
	}
	list, err := s.Digests(ctx, who, after, in.Limit)
	if err != nil {
		return nil, err
	}
	page := web.Page[DigestView]{Items: []DigestView{}}
	for _, d := range list {
		page.Items = append(page.Items, DigestView{
			ID: id.Encode("dig", d.ID), At: d.At.Time(), Items: d.Items, Urgency: string(d.Urgency), Channel: channel(d), MailedAt: d.MailedAt.Pointer(),
		})
	}
	if len(list) == in.Limit {
		page.Next = page.Items[in.Limit-1].ID
	}
	return &web.Out[web.Page[DigestView]]{Body: page}, nil
}

type getDigestIn struct {
	Digest string `path:"digest"`
}

func (s *Service) getDigest(ctx context.Context, in *getDigestIn) (*web.Out[DigestDetail], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	x, err := id.Decode("dig", in.Digest)
	if err != nil {
		return nil, err
	}
	d, list, err := s.Digest(ctx, who, x)
	if err != nil {
		return nil, err
	}
	body := DigestDetail{
		ID: in.Digest, At: d.At.Time(), Urgency: string(d.Urgency), Channel: channel(d), MailedAt: d.MailedAt.Pointer(),
	}
	body.Items = itemsOut(list)
	if d.AwayFrom != 0 {
		body.Away = &AwaySpan{d.AwayFrom.Time(), d.AwayTo.Time()}
	}
	return &web.Out[DigestDetail]{Body: body}, nil
}

func itemsOut(list []Line) []DigestItem {
	out := []DigestItem{}
	for _, l := range list {
		it := DigestItem{Kind: string(l.Kind), Title: l.Title, Excerpt: l.Excerpt, Path: l.Path, Due: l.Due.Pointer(), Who: l.Who, Section: l.Section}
		if in := l.Instead; in != nil {
			it.Instead = &ReplaceView{id.Encode("ask", in.Ask), in.Person, in.To}
		}
		out = append(out, it)
	}
	return out
}

// CatchUpView is what happened while somebody was away.
type CatchUpView struct {
	Absence  string       `json:"absence" doc:"Empty when you were not away yet."`
	Away     *AwaySpan    `json:"away"`
	Waiting  int          `json:"waiting" doc:"All that waits for you, up to 500."`
	Matters  []DigestItem `json:"matters" nullable:"false" doc:"What waits for you, the first fifty by your own due."`
	Decided  []DigestItem `json:"decided" nullable:"false" doc:"Threads that were concluded, and asks of yours that were settled."`
	Answered []DigestItem `json:"answered" nullable:"false" doc:"What others answered."`
	Rest     []DigestItem `json:"rest" nullable:"false" doc:"Everything else, best folded away."`
}

type catchUpIn struct {
	Absence string `query:"absence" doc:"One of your own; the last that has begun when missing." maxLength:"64"`
}

func (s *Service) getCatchUp(ctx context.Context, in *catchUpIn) (*web.Out[CatchUpView], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	var absence id.ID
	if in.Absence != "" {
		if absence, err = id.Decode("abs", in.Absence); err != nil {
			return nil, err
		}
	}
	c, err := s.CatchUp(ctx, who, absence)
	if err != nil {
		return nil, err
	}
	body := CatchUpView{
		Waiting: c.Waiting, Matters: itemsOut(c.Matters), Decided: itemsOut(c.Decided), Answered: itemsOut(c.Answered), Rest: itemsOut(c.Rest),
	}
	if !c.Absence.IsZero() {
		body.Absence, body.Away = id.Encode("abs", c.Absence), &AwaySpan{c.From.Time(), c.To.Time()}
	}
	return &web.Out[CatchUpView]{Body: body}, nil
}

func channel(d Digest) string {
	if d.MailedAt != 0 {
		return "email"
	}
	return "inbox"
}
