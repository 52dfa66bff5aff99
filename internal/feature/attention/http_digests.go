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
}

// DigestItem is one line of a digest.
type DigestItem struct {
	Kind    string           `json:"kind"`
	Title   string           `json:"title"`
	Excerpt string           `json:"excerpt"`
	Path    string           `json:"path"`
	Due     *time.Time       `json:"due" nullable:"true"`
	Who     people.PersonRef `json:"who"`
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
	var after id.ID
	if in.After != "" {
		if after, err = id.Decode("dig", in.After); err != nil {
			return nil, err
		}
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
		ID: in.Digest, At: d.At.Time(), Urgency: string(d.Urgency), Channel: channel(d), MailedAt: d.MailedAt.Pointer(), Items: []DigestItem{},
	}
	for _, l := range list {
		body.Items = append(body.Items, DigestItem{
			Kind: string(l.Kind), Title: l.Title, Excerpt: l.Excerpt, Path: l.Path, Due: l.Due.Pointer(), Who: l.Who,
		})
	}
	return &web.Out[DigestDetail]{Body: body}, nil
}

func channel(d Digest) string {
	if d.MailedAt != 0 {
		return "email"
	}
	return "inbox"
}
