package mail

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// MailOriginal is the whole mail that a post was made of.
type MailOriginal struct {
	Headers     []MailHeader    `json:"headers" nullable:"false" doc:"From, To, Cc, Subject, Date, Message-ID: those that it has."`
	At          time.Time       `json:"at" doc:"When it came in."`
	Text        string          `json:"text" doc:"All of it, quotes and signature too, as Markdown. Addresses and links that were for its writer alone are left out."`
	Attachments []MailEnclosed  `json:"attachments" nullable:"false"`
	May         MailOriginalMay `json:"may"`
}

// MailHeader is a line of a mail's head.
type MailHeader struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// MailEnclosed is a file that a mail held.
type MailEnclosed struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int    `json:"size" doc:"In bytes."`
}

// MailOriginalMay says what the reader may do.
type MailOriginalMay struct {
	Download bool `json:"download" doc:"Have it as it came: its writer alone, since it holds their reply addresses and links."`
}

// mailFile is the bytes of a mail, which no browser is to show or run.
type mailFile struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	NoSniff     string `header:"X-Content-Type-Options"`
	Policy      string `header:"Content-Security-Policy"`
	Cache       string `header:"Cache-Control"`
	Body        []byte
}

type originalIn struct {
	Post string `path:"mailed"`
}

func (in originalIn) acting(ctx context.Context) (a actor.Actor, post id.ID, err error) {
	if a, err = actor.From(ctx); err != nil {
		return a, post, err
	}
	post, err = id.Decode("post", in.Post)
	return a, post, err
}

func (s *Service) getOriginal(ctx context.Context, in *originalIn) (*web.Out[MailOriginal], error) {
	who, post, err := in.acting(ctx)
	if err != nil {
		return nil, err
	}
	o, err := s.Original(ctx, who, post)
	if err != nil {
		return nil, err
	}
	out := MailOriginal{At: o.Row.ReceivedAt.Time(), Text: o.Letter.Whole, Headers: []MailHeader{}, Attachments: []MailEnclosed{}, May: MailOriginalMay{o.Wrote}}
	for _, h := range o.Headers(who) {
		out.Headers = append(out.Headers, MailHeader(h))
	}
	for _, x := range o.Letter.Attachments {
		out.Attachments = append(out.Attachments, MailEnclosed{x.Name, x.Type, len(x.Content)})
	}
	return &web.Out[MailOriginal]{Body: out}, nil
}

func (s *Service) getOriginalFile(ctx context.Context, in *originalIn) (*mailFile, error) {
	who, post, err := in.acting(ctx)
	if err != nil {
		return nil, err
	}
	raw, err := s.OriginalBytes(ctx, who, post)
	return &mailFile{
		Type: "message/rfc822", Disposition: `attachment; filename="` + in.Post + `.eml"`, NoSniff: "nosniff",
		Policy: "sandbox; default-src 'none'; frame-ancestors 'none'", Cache: "private, no-store", Body: raw,
	}, err
}
